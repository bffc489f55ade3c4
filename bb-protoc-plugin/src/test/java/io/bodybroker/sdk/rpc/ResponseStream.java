package io.bodybroker.sdk.rpc;

import com.google.protobuf.Message;

/** What a generated client answers for a streaming method. */
public interface ResponseStream<R extends Message> extends Iterable<R> {}
