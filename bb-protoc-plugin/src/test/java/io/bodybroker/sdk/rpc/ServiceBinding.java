package io.bodybroker.sdk.rpc;

import com.google.protobuf.Message;

/** What a generated service interface builds. */
public final class ServiceBinding {
  private ServiceBinding() {}

  public static Builder of(ServiceContract contract) {
    return new Builder();
  }

  /** Collects handlers. */
  public static final class Builder {
    private Builder() {}

    public <Q extends Message, R extends Message> Builder unary(
        RpcMethod<Q, R> method, UnaryHandler<Q, R> handler) {
      return this;
    }

    public <Q extends Message, R extends Message> Builder serverStreaming(
        RpcMethod<Q, R> method, StreamHandler<Q, R> handler) {
      return this;
    }

    public ServiceBinding build() {
      return new ServiceBinding();
    }
  }
}
