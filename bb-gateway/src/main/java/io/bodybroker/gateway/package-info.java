/**
 * HTTP and JSON in front, NATS and protobuf behind. Its routes are what the contracts on the class
 * path say in their {@code google.api.http} options; nothing about any service is written here.
 *
 * <p>Start with {@link io.bodybroker.gateway.Gateway}; {@link io.bodybroker.gateway.GatewayApp} is
 * the program around it. A request goes through {@code http} (server), {@code routing} (which
 * method), {@code transcoding} with {@code json} (to a message), the SDK's {@code RpcCaller}, and
 * back; errors leave as {@code problem}.
 */
@NullMarked
package io.bodybroker.gateway;

import org.jspecify.annotations.NullMarked;
