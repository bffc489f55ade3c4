package io.bodybroker.sdk.rpc;

/** What a generated service interface extends. */
public interface RpcService {
  ServiceBinding binding();
}
