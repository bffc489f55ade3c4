/**
 * Holds what is published against projects outside of this one, as {@code ./bb new} makes them:
 * built by a Maven of their own, from coordinates alone. Runs after {@code package}, since it needs
 * the artifacts.
 */
@NullMarked
package io.bodybroker.outside;

import org.jspecify.annotations.NullMarked;
