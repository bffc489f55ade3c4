package io.bodybroker.sdk.stream;

/**
 * One thing in which a stream on the server is not what is declared.
 *
 * @param what the property, as nats-server calls it: {@code max_age}
 * @param declared what it shall be
 * @param actual what it is
 * @param kind what is done about it
 */
public record Difference(String what, String declared, String actual, Kind kind) {
  /** What is done about a difference. */
  public enum Kind {
    /** It is changed to what is declared: no message is lost by that. */
    CHANGED,

    /**
     * It is left alone: the server keeps more than is declared, which harms nobody, and less would
     * make it let go of messages. An operator who raised a limit at night has not broken a service.
     */
    LOOSER,

    /** The stream is not used: what it is cannot be changed without losing messages. */
    REFUSED
  }

  @Override
  public String toString() {
    return "%s: %s (declared: %s)".formatted(what, actual, declared);
  }
}
