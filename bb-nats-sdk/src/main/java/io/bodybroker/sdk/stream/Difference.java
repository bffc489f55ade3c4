package io.bodybroker.sdk.stream;

/**
 * One thing in which a stream on the server is not what is declared.
 *
 * @param what the property, as nats-server calls it: {@code max_age}
 * @param declared what it shall be
 * @param actual what it is
 * @param isSafe whether it can be changed without losing a message or what is known of one
 */
public record Difference(String what, String declared, String actual, boolean isSafe) {
  @Override
  public String toString() {
    return "%s: %s (declared: %s)".formatted(what, actual, declared);
  }
}
