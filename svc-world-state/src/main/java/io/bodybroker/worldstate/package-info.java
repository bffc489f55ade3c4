/**
 * world-state: the world that all players share.
 *
 * <p>{@link io.bodybroker.worldstate.WorldState} answers the calls. What a write makes of an entity
 * is decided by {@link io.bodybroker.worldstate.EntityDocument}, a value that knows no store;
 * {@link io.bodybroker.worldstate.Entities} reads, {@link io.bodybroker.worldstate.EntityCommits}
 * writes, and {@link io.bodybroker.worldstate.EntityWatch} tells readers of what is written. What a
 * society is and how it lives a day is in {@link io.bodybroker.worldstate.society}, which knows
 * neither documents nor calls; {@link io.bodybroker.worldstate.Societies} keeps them.
 */
@NullMarked
package io.bodybroker.worldstate;

import org.jspecify.annotations.NullMarked;
