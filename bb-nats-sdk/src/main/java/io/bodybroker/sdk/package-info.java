/**
 * The entry point for programs that call services: {@link io.bodybroker.sdk.Bus}. Programs that
 * serve start with {@link io.bodybroker.sdk.host.ServiceHost}. Each feature has its own package
 * beside this one.
 */
@NullMarked
package io.bodybroker.sdk;

import org.jspecify.annotations.NullMarked;
