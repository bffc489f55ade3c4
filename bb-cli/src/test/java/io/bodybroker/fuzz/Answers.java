package io.bodybroker.fuzz;

import com.google.protobuf.InvalidProtocolBufferException;
import io.bodybroker.sdk.v1.Error;
import io.nats.client.Message;
import io.nats.client.impl.Headers;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;

/** What answers say, counted by code. Thread-safe. */
final class Answers {
  static final String OK = "OK";
  static final String OPEN = "open";

  private final Map<String, LongAdder> byCode = new ConcurrentSkipListMap<>();

  /** What one answer says; empty for a frame that says nothing of how a stream ends. */
  static Optional<String> code(Message answer, boolean isStream) {
    Headers headers = answer.getHeaders();
    if (answer.isStatusMessage()) {
      return Optional.of("status " + answer.getStatus().getCode());
    }
    if (headers != null && headers.getFirst("Nats-Service-Error-Code") != null) {
      try {
        return Optional.of(Error.parseFrom(answer.getData()).getCode().name());
      } catch (InvalidProtocolBufferException e) {
        return Optional.of("an error that is none: " + e.getMessage());
      }
    }
    boolean isEnd = headers != null && "end".equals(headers.getFirst("Bb-Stream-Status"));
    return isStream && !isEnd ? Optional.empty() : Optional.of(OK);
  }

  void count(String code) {
    byCode.computeIfAbsent(code, name -> new LongAdder()).increment();
  }

  @Override
  public String toString() {
    return byCode.toString();
  }
}
