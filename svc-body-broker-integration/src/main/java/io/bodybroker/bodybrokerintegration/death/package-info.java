/**
 * The Debt of Flesh: what death costs and what clears it.
 *
 * <p>Start with {@link io.bodybroker.bodybrokerintegration.death.Debt}. May use the contract's
 * enums.
 */
@NullMarked
package io.bodybroker.bodybrokerintegration.death;

import org.jspecify.annotations.NullMarked;
