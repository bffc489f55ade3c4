/**
 * JSON over HTTP in front of a service, by the gateway and by what else a user would pick. Start
 * with {@link io.bodybroker.bench.gateway.GatewayRun}.
 */
@NullMarked
package io.bodybroker.bench.gateway;

import org.jspecify.annotations.NullMarked;
