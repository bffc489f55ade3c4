/**
 * The services through the gateway, as a game client meets them: all of them run once for all tests
 * here, in {@link io.bodybroker.game.TheGame}, so each test has players and worlds of its own.
 */
@NullMarked
package io.bodybroker.game;

import org.jspecify.annotations.NullMarked;
