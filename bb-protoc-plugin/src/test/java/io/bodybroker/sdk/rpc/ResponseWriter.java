package io.bodybroker.sdk.rpc;

import com.google.protobuf.Message;

/** What a generated streaming method writes to. */
public interface ResponseWriter<R extends Message> {
  void send(R message);
}
