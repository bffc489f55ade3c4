/**
 * What comes out of a body, how good it is, and how long it keeps: pure functions of the figures of
 * the game.
 *
 * <p>Start with {@link io.bodybroker.bodybrokerintegration.harvest.Anatomy}, the table of parts,
 * {@link io.bodybroker.bodybrokerintegration.harvest.Cut}, which says how well a part comes out,
 * and {@link io.bodybroker.bodybrokerintegration.harvest.Keeping}, which says how fresh it is.
 * Knows neither real time nor transport; may use the contract's enums.
 */
@NullMarked
package io.bodybroker.bodybrokerintegration.harvest;

import org.jspecify.annotations.NullMarked;
