/**
 * The gateway's own settings. What it needs to be on the bus is {@link
 * io.bodybroker.sdk.config.BusConfig}.
 *
 * <p>Start with {@link io.bodybroker.gateway.config.GatewayConfig}. Depends on {@code config} of
 * the SDK.
 */
@NullMarked
package io.bodybroker.gateway.config;

import org.jspecify.annotations.NullMarked;
