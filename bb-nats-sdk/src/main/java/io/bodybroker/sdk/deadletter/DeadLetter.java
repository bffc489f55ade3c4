package io.bodybroker.sdk.deadletter;

import com.google.protobuf.ByteString;
import io.bodybroker.sdk.error.ErrorCode;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;

/**
 * A message that could not be processed, and why.
 *
 * @param origin where it came from
 * @param service whose work it was
 * @param instance which of its processes gave it up
 * @param attempts how often it was tried
 * @param code what went wrong
 * @param message what went wrong, for operators
 * @param at when it was given up
 * @param redrives how often it has come back from the queue before
 * @param headers those it came with
 * @param payload what it came with, byte for byte
 */
public record DeadLetter(
    Origin origin,
    String service,
    String instance,
    int attempts,
    ErrorCode code,
    String message,
    Instant at,
    int redrives,
    Map<String, String> headers,
    ByteString payload) {

  /** Where a dead letter came from. */
  public sealed interface Origin {
    /** The subject it was published on. */
    String subject();

    /**
     * An event that a durable consumer gave up.
     *
     * @param subject it was published on
     * @param stream that holds it
     * @param sequence its number there
     * @param consumer the durable consumer
     */
    record Event(String subject, String stream, long sequence, String consumer) implements Origin {}

    /**
     * A request that failed, and whose caller does not know why or does not wait.
     *
     * @param subject the endpoint's
     * @param action the endpoint's name: {@code get_weather}
     * @param requestId what the log calls it
     */
    record Request(String subject, String action, String requestId) implements Origin {}
  }

  /** With the headers copied. */
  public DeadLetter {
    Objects.requireNonNull(origin, "origin");
    headers = Map.copyOf(headers);
  }
}
