package io.bodybroker.bench.rpc;

import io.bodybroker.sdk.rpc.CallMetadata;
import io.bodybroker.sdk.rpc.CallOptions;

/** As {@link SdkRpc}, with what a call says that is made on behalf of a user's request. */
public final class SdkInRequestRpc extends SdkRpc {
  @Override
  CallOptions options() {
    return CallOptions.defaults()
        .withMetadata(
            CallMetadata.builder()
                .requestId("5f0c2f0e-3f0a-4b7e-9a55-1d0f6a3f7c21")
                .user("player-4711")
                .tenant("world-1")
                .client("http-gateway")
                .build());
  }
}
