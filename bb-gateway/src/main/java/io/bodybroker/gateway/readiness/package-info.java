/**
 * Whether the gateway is of use: it has a connection, and every service it routes to has answered
 * once.
 *
 * <p>Start with {@link io.bodybroker.gateway.readiness.ServiceWatch}. Depends on {@code rpc} and
 * {@code health} of the SDK.
 */
@NullMarked
package io.bodybroker.gateway.readiness;

import org.jspecify.annotations.NullMarked;
