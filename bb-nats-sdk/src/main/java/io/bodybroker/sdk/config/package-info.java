/**
 * Settings: one typed source, read and checked once at start, immutable after.
 *
 * <p>Start with {@link io.bodybroker.sdk.config.BusConfig}. Depends on nothing of the SDK.
 */
@NullMarked
package io.bodybroker.sdk.config;

import org.jspecify.annotations.NullMarked;
