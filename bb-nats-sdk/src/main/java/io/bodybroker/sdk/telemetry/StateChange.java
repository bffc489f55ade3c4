package io.bodybroker.sdk.telemetry;

/**
 * Something that went from one state to another, as one log line: JSON logs have each part as a
 * field of its own, others the sentence.
 *
 * @param event what kind of thing changed: {@code connection}, {@code readiness}, {@code breaker}
 *     or {@code lifecycle}
 * @param name which one
 * @param from the state it was in
 * @param to the state it is in
 * @param reason why, for operators
 */
public record StateChange(String event, String name, String from, String to, String reason) {
  /** The format of a log message that has a state change as its only parameter. */
  public static final String LINE = "{0}";

  @Override
  public String toString() {
    return "%s of %s went from %s to %s: %s".formatted(event, name, from, to, reason);
  }
}
