/**
 * The society of a world: what things cost, who has power over what, and what goes on.
 *
 * <p>{@link io.bodybroker.worldstate.society.Society} is a value, and what happens to it makes
 * another: {@link io.bodybroker.worldstate.society.Market} is its economy, {@link
 * io.bodybroker.worldstate.society.Powers} its factions and territories, {@link
 * io.bodybroker.worldstate.society.Happening} what a world event is and does. Chance is drawn from
 * the world and the day, so every instance draws alike. Knows contracts' messages, no documents and
 * no calls.
 */
@NullMarked
package io.bodybroker.worldstate.society;

import org.jspecify.annotations.NullMarked;
