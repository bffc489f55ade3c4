/**
 * What a client gets instead of an answer: {@code application/problem+json} (RFC 9457).
 *
 * <p>Start with {@link io.bodybroker.gateway.problem.Problem}. Knows no HTTP server. Depends on
 * {@code json} and {@code sdk.error}.
 */
@NullMarked
package io.bodybroker.gateway.problem;

import org.jspecify.annotations.NullMarked;
