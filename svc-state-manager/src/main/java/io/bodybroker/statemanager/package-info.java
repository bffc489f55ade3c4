/**
 * state-manager: one JSON document with a version for each player and entity.
 *
 * <p>{@link io.bodybroker.statemanager.StateManager} answers the calls. What a write means is
 * decided by {@link io.bodybroker.statemanager.StateDocument}, a value that knows no store; {@link
 * io.bodybroker.statemanager.Commits} brings the two together: decide, write with compare-and-set,
 * publish.
 */
@NullMarked
package io.bodybroker.statemanager;

import org.jspecify.annotations.NullMarked;
