/**
 * payment: what players own, and every transaction that made it so.
 *
 * <p>{@link io.bodybroker.payment.Payment} answers the calls. What a transaction does is decided by
 * {@link io.bodybroker.payment.ledger.Ledger}, which knows no server; {@link
 * io.bodybroker.payment.Accounts} brings it together with the journal: read the last entry, decide,
 * append behind it.
 */
@NullMarked
package io.bodybroker.payment;

import org.jspecify.annotations.NullMarked;
