package io.bodybroker.sdk.internal;

import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.ServiceException;
import io.nats.client.JetStreamApiException;

/**
 * JetStream's own error numbers (nats-server, {@code server/errors.json}), and what they mean to
 * us.
 */
public final class JetStreamCodes {
  private static final int ACCOUNT_LIMIT_EXCEEDED = 10002;
  private static final int CONSUMER_NOT_FOUND = 10014;
  private static final int DUPLICATE_IN_PROCESS = 10158;
  private static final int INSUFFICIENT_RESOURCES = 10023;
  private static final int MESSAGE_TOO_LARGE = 10054;
  private static final int NO_MESSAGE = 10037;

  /** Too few servers are up now for the replicas of a new stream; said with status 400. */
  private static final int NO_PEERS = 10005;

  private static final int NO_REPLICAS_WITHOUT_CLUSTER = 10074;
  private static final int SEQUENCE_NOT_FOUND = 10043;
  private static final int STORAGE_EXCEEDED = 10047;
  private static final int STORE_FAILED = 10077;
  private static final int STREAM_EXISTS = 10058;
  private static final int STREAM_NOT_FOUND = 10059;
  private static final int WRONG_LAST_ID = 10070;
  private static final int WRONG_LAST_SEQUENCE = 10071;
  private static final int WRONG_LAST_SEQUENCE_UNKNOWN = 10164;

  private static final String DETAIL = "jetstream_error";

  private JetStreamCodes() {}

  /** The message that had to be the last of the stream was not. */
  public static boolean isWrongLastId(ServiceException error) {
    return Integer.toString(WRONG_LAST_ID).equals(error.details().get(DETAIL));
  }

  /** The message to delete is not there. */
  public static boolean isMessageMissing(int code) {
    return code == SEQUENCE_NOT_FOUND;
  }

  /** There is no such consumer. */
  public static boolean isConsumerMissing(int code) {
    return code == CONSUMER_NOT_FOUND;
  }

  public static boolean isNoMessage(int code) {
    return code == NO_MESSAGE;
  }

  public static boolean isStreamMissing(int code) {
    return code == STREAM_NOT_FOUND;
  }

  public static boolean isStreamTaken(int code) {
    return code == STREAM_EXISTS;
  }

  /**
   * The second is what a leader says while an earlier write to the same key is still being
   * replicated.
   */
  public static boolean isWrongLastSequence(int code) {
    return code == WRONG_LAST_SEQUENCE || code == WRONG_LAST_SEQUENCE_UNKNOWN;
  }

  /** The error for a request that JetStream refused, so that nothing happened, or nothing yet. */
  public static ServiceException toError(String what, JetStreamApiException refusal) {
    return ServiceException.builder(code(refusal), what + ": " + refusal.getErrorDescription())
        .mayHaveExecuted(isUndecided(refusal))
        .detail(DETAIL, refusal.getApiErrorCode())
        .cause(refusal)
        .build();
  }

  /**
   * Two answers are no refusal: an earlier attempt under this id is still being replicated; or the
   * store was closed, by a leader that steps down, under a message that its followers may have.
   */
  private static boolean isUndecided(JetStreamApiException refusal) {
    return refusal.getApiErrorCode() == DUPLICATE_IN_PROCESS
        || (refusal.getApiErrorCode() == STORE_FAILED && !isFull(refusal));
  }

  /** {@code maximum bytes exceeded}, {@code maximum messages exceeded} and the like. */
  private static boolean isFull(JetStreamApiException refusal) {
    return refusal.getErrorDescription().startsWith("maximum ");
  }

  private static ErrorCode code(JetStreamApiException refusal) {
    return switch (refusal.getApiErrorCode()) {
      case ACCOUNT_LIMIT_EXCEEDED, INSUFFICIENT_RESOURCES, MESSAGE_TOO_LARGE, STORAGE_EXCEEDED ->
          ErrorCode.RESOURCE_EXHAUSTED;
      case STORE_FAILED -> isFull(refusal) ? ErrorCode.RESOURCE_EXHAUSTED : ErrorCode.UNAVAILABLE;
      case DUPLICATE_IN_PROCESS, NO_PEERS -> ErrorCode.UNAVAILABLE;
      case WRONG_LAST_ID, WRONG_LAST_SEQUENCE, WRONG_LAST_SEQUENCE_UNKNOWN -> ErrorCode.ABORTED;
      case NO_REPLICAS_WITHOUT_CLUSTER, STREAM_EXISTS -> ErrorCode.FAILED_PRECONDITION;
      default ->
          refusal.getErrorCode() == 503 || refusal.getErrorCode() == 404
              ? ErrorCode.UNAVAILABLE
              : ErrorCode.INTERNAL;
    };
  }
}
