/**
 * body-broker-integration: the trade of the game, from the kill to the drug it is paid with.
 *
 * <p>{@link io.bodybroker.bodybrokerintegration.BodyBrokerIntegration} answers the calls. What a
 * player holds and is known for is a {@link io.bodybroker.bodybrokerintegration.Broker}, a value
 * that knows no store; what each call makes of it is decided by {@code Kill}, {@code Harvesting},
 * {@code Offer} and {@code Settlement}. A deal is completed by {@link
 * io.bodybroker.bodybrokerintegration.DealRunner}, step by step; {@link
 * io.bodybroker.bodybrokerintegration.DealKeeper} takes up what another instance has left. The
 * figures of the game are in the packages {@code harvest}, {@code family}, {@code haggle}, {@code
 * drug}, {@code morality}, {@code book} and {@code death}.
 */
@NullMarked
package io.bodybroker.bodybrokerintegration;

import org.jspecify.annotations.NullMarked;
