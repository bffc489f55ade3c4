package io.bodybroker.sdk.rpc;

/** Second parameter of a generated service method. */
public final class CallContext {
  private CallContext() {}
}
