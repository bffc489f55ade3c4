/**
 * Calls: what a contract says, how a request travels over NATS, and both of its ends.
 *
 * <p>Users meet {@link io.bodybroker.sdk.rpc.CallOptions} as a caller and {@link
 * io.bodybroker.sdk.rpc.CallContext} as a handler; generated code builds on {@link
 * io.bodybroker.sdk.rpc.RpcMethod}, {@link io.bodybroker.sdk.rpc.ServiceContract} and {@link
 * io.bodybroker.sdk.rpc.ServiceBinding}. Failed requests that nobody else can learn from go to
 * {@code deadletter}. May depend on that, {@code error}, {@code config}, {@code connection}, {@code
 * internal}, {@code resilience} and {@code telemetry}.
 */
@NullMarked
package io.bodybroker.sdk.rpc;

import org.jspecify.annotations.NullMarked;
