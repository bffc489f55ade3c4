/**
 * What each program may do on NATS, derived from the contracts and their {@code needs}, as
 * configuration for nats-server.
 *
 * <p>Start with {@link io.bodybroker.cli.permissions.Grants}; {@link
 * io.bodybroker.cli.permissions.NatsAuthorization} writes them down. Depends on the SDK's contracts
 * and stream catalog.
 */
@NullMarked
package io.bodybroker.cli.permissions;

import org.jspecify.annotations.NullMarked;
