/**
 * Calls that may come several times: one effect, one answer.
 *
 * <p>{@link io.bodybroker.sdk.idempotency.IdempotentCall} is all there is. It keeps its memory in
 * the document that the call changes, so it depends on no store, only on {@code rpc} and {@code
 * error}.
 */
@NullMarked
package io.bodybroker.sdk.idempotency;

import org.jspecify.annotations.NullMarked;
