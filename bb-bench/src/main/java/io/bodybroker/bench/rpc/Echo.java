package io.bodybroker.bench.rpc;

import com.google.protobuf.UnsafeByteOperations;
import io.bodybroker.bench.v1.EchoRequest;
import io.bodybroker.bench.v1.EchoResponse;

/** The messages that go there and back, the same for all who send messages. */
public final class Echo {
  private Echo() {}

  /** With so many bytes, besides what encodes them. */
  public static EchoRequest request(int bytes) {
    return EchoRequest.newBuilder()
        .setPayload(UnsafeByteOperations.unsafeWrap(new byte[bytes]))
        .build();
  }

  /** With the same bytes. */
  public static EchoResponse answer(EchoRequest request) {
    return EchoResponse.newBuilder().setPayload(request.getPayload()).build();
  }
}
