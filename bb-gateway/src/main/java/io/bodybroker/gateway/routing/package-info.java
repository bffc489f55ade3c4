/**
 * Finds what serves a request: path templates as {@code google/api/http.proto} defines them,
 * compiled into one tree.
 *
 * <p>Start with {@link io.bodybroker.gateway.routing.RouteTree}; {@link
 * io.bodybroker.gateway.routing.PathTemplate} is what goes in, {@link
 * io.bodybroker.gateway.routing.RequestPath} what is looked up. Knows nothing of HTTP servers,
 * protobuf or NATS.
 */
@NullMarked
package io.bodybroker.gateway.routing;

import org.jspecify.annotations.NullMarked;
