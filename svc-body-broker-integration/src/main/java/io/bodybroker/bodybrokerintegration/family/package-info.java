/**
 * Who buys: the table of the families, what unlocks the next one, and how they remember a player.
 *
 * <p>Start with {@link io.bodybroker.bodybrokerintegration.family.Profile}. May use the contract's
 * enums and the packages {@code harvest} and {@code drug}.
 */
@NullMarked
package io.bodybroker.bodybrokerintegration.family;

import org.jspecify.annotations.NullMarked;
