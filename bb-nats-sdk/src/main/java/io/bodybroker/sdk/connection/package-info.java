/**
 * Connections to NATS: one for each role, supervised, so that none is ever lost for good.
 *
 * <p>Start with {@link io.bodybroker.sdk.connection.Connections}. Roles are kept apart because
 * draining a jnats connection also drains the inbox its own requests are answered on: what we serve
 * must be able to end while what we ask goes on. Depends on {@code error} and {@code config},
 * {@code metrics} and {@code telemetry}; jnats' types show up here, and in the packages that speak
 * over a connection.
 */
@NullMarked
package io.bodybroker.sdk.connection;

import org.jspecify.annotations.NullMarked;
