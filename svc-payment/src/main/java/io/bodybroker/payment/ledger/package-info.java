/**
 * The books, as rules that know no server: what a transaction does, how entries are chained, and
 * what an audit finds.
 *
 * <p>Start with {@link io.bodybroker.payment.ledger.Account}, a player's account after its last
 * entry, and {@link io.bodybroker.payment.ledger.Ledger}, which decides what follows from an {@link
 * io.bodybroker.payment.ledger.Instruction}. {@link io.bodybroker.payment.ledger.Seal} makes a
 * chain of entries, {@link io.bodybroker.payment.ledger.HashIndex} finds one by what it is about,
 * and {@link io.bodybroker.payment.ledger.LedgerAudit} recomputes everything. May use the
 * contract's messages and what is stored.
 */
@NullMarked
package io.bodybroker.payment.ledger;

import org.jspecify.annotations.NullMarked;
