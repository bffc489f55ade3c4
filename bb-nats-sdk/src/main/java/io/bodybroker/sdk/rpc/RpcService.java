package io.bodybroker.sdk.rpc;

/**
 * An implementation of a contract. Generated service interfaces extend it and say how their methods
 * are bound.
 */
public interface RpcService {
  /** Which handler serves which method. */
  ServiceBinding binding();
}
