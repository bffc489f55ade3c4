/**
 * A deal on its way through the steps of completing it, a saga: what has been done, what comes
 * next, what has to be undone.
 *
 * <p>Start with {@link io.bodybroker.bodybrokerintegration.deal.Progress}, a value that knows no
 * store and calls nobody. May use the contract's enums and the stored messages.
 */
@NullMarked
package io.bodybroker.bodybrokerintegration.deal;

import org.jspecify.annotations.NullMarked;
