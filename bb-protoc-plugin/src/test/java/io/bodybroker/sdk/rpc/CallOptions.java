package io.bodybroker.sdk.rpc;

/** Options of a call. */
public final class CallOptions {
  private static final CallOptions DEFAULTS = new CallOptions();

  private CallOptions() {}

  public static CallOptions defaults() {
    return DEFAULTS;
  }
}
