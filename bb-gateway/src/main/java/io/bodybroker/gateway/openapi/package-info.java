/**
 * The gateway's routes as an OpenAPI 3.1 document, made from contracts at start-up: paths and
 * parameters from {@code google.api.http}, schemas from messages, limits from {@code
 * (bodybroker.sdk.v1.rules)}, texts from the contracts' comments.
 *
 * <p>Start with {@link io.bodybroker.gateway.openapi.OpenApi}. Depends on {@code transcoding},
 * {@code routing} and {@code json}.
 */
@NullMarked
package io.bodybroker.gateway.openapi;

import org.jspecify.annotations.NullMarked;
