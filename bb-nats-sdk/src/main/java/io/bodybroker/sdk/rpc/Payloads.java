package io.bodybroker.sdk.rpc;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.UnsafeByteOperations;

/** Messages out of payloads that nobody changes any more. */
final class Payloads {
  private Payloads() {}

  /**
   * Reads a message. Its fields of type {@code bytes} share the payload's memory, which saves a
   * copy of what is often most of a message.
   *
   * @param payload never changed from now on
   * @throws InvalidProtocolBufferException if it is none of this type
   */
  @SuppressWarnings("unchecked") // a message's parser makes messages of its own type
  static <M extends Message> M parse(byte[] payload, M defaultInstance)
      throws InvalidProtocolBufferException {
    CodedInputStream input = UnsafeByteOperations.unsafeWrap(payload).newCodedInput();
    input.enableAliasing(true);
    M message = (M) defaultInstance.getParserForType().parseFrom(input);
    input.checkLastTagWas(0);
    return message;
  }
}
