/**
 * The features of the game's engine by its versions, {@link
 * io.bodybroker.capabilityregistry.engine.EngineCatalogue}. Part of the program and the same
 * everywhere; knows no transport and no store.
 */
@NullMarked
package io.bodybroker.capabilityregistry.engine;

import org.jspecify.annotations.NullMarked;
