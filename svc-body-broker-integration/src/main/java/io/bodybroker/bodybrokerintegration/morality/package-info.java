/**
 * Whom a player kills, and what that makes of the player.
 *
 * <p>Start with {@link io.bodybroker.bodybrokerintegration.morality.Conscience}. May use the
 * contract's enums.
 */
@NullMarked
package io.bodybroker.bodybrokerintegration.morality;

import org.jspecify.annotations.NullMarked;
