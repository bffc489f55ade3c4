/**
 * What comes of haggling: leverage, outcome, price and the quantity that it buys, and what is said.
 *
 * <p>Start with {@link io.bodybroker.bodybrokerintegration.haggle.Haggle}. May use the contract's
 * enums and the packages {@code family}, {@code harvest} and {@code drug}.
 */
@NullMarked
package io.bodybroker.bodybrokerintegration.haggle;

import org.jspecify.annotations.NullMarked;
