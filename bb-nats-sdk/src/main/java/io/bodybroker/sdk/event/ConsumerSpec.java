package io.bodybroker.sdk.event;

import com.google.protobuf.Message;
import java.time.Duration;
import java.util.regex.Pattern;

/**
 * A durable consumer: a position in a stream that all instances of a service share, so that each
 * event is processed by one of them. The server keeps it while nobody is there.
 *
 * <pre>{@code
 * static final ConsumerSpec<WeatherChanged> DECAY =
 *     ConsumerSpec.builder("broker-decay", WeatherChanged.getDefaultInstance()).build();
 * }</pre>
 *
 * <p>Immutable and thread-safe.
 *
 * @param <T> the event
 */
public final class ConsumerSpec<T extends Message> {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,64}");

  private final String name;
  private final T event;
  private final Duration ackWait;
  private final int attempts;
  private final Duration backoffMin;
  private final Duration backoffMax;
  private final int concurrency;
  private final boolean isInOrder;
  private final boolean fromNow;

  private ConsumerSpec(Builder<T> builder) {
    this.name = builder.name;
    this.event = builder.event;
    this.ackWait = builder.ackWait;
    this.attempts = builder.attempts;
    this.backoffMin = builder.backoffMin;
    this.backoffMax = builder.backoffMax;
    this.concurrency = builder.concurrency;
    this.isInOrder = builder.isInOrder;
    this.fromNow = builder.fromNow;
  }

  /**
   * Starts with the defaults.
   *
   * @param name of the durable consumer, one for each purpose: 1 to 64 letters, digits, {@code -}
   *     and {@code _}
   * @param event the default instance of the event's type, whose contract declares its subject
   * @throws IllegalArgumentException if the name is not of that form
   */
  public static <T extends Message> Builder<T> builder(String name, T event) {
    return new Builder<>(name, event);
  }

  /** What the server knows it by. */
  public String name() {
    return name;
  }

  /** The default instance of the event's type. */
  public T event() {
    return event;
  }

  /**
   * How long an event that was delivered is waited for before it is delivered again; a handler at
   * work renews it by itself, so this is how long a dead process holds an event. Default 30 s.
   */
  public Duration ackWait() {
    return ackWait;
  }

  /** How often an event is tried before it becomes a dead letter; default 5. */
  public int attempts() {
    return attempts;
  }

  /** The pause after the first failed attempt, doubled after each further one; default 500 ms. */
  public Duration backoffMin() {
    return backoffMin;
  }

  /** The longest pause between two attempts; default 30 s. */
  public Duration backoffMax() {
    return backoffMax;
  }

  /**
   * How many events one instance works on at once; default 16. What comes back from the dead-letter
   * queue is worked on beside these, one after the other.
   */
  public int concurrency() {
    return concurrency;
  }

  /** Whether events are processed one after the other, over all instances; default no. */
  public boolean isInOrder() {
    return isInOrder;
  }

  /** Whether a consumer that is new begins with what comes from now on; default no. */
  public boolean fromNow() {
    return fromNow;
  }

  /** Collects what a consumer shall be. Not thread-safe. */
  public static final class Builder<T extends Message> {
    private final String name;
    private final T event;
    private Duration ackWait = Duration.ofSeconds(30);
    private int attempts = 5;
    private Duration backoffMin = Duration.ofMillis(500);
    private Duration backoffMax = Duration.ofSeconds(30);
    private int concurrency = 16;
    private boolean isInOrder;
    private boolean fromNow;

    private Builder(String name, T event) {
      require(NAME.matcher(name).matches(), "name", name, "1 to 64 letters, digits, '-' and '_'");
      this.name = name;
      this.event = event;
    }

    /** How long a dead process holds an event, 100 ms to 1 h. */
    public Builder<T> ackWait(Duration value) {
      require(
          value.toMillis() >= 100 && value.compareTo(Duration.ofHours(1)) <= 0,
          "ackWait",
          value,
          "100 ms to 1 h");
      this.ackWait = value;
      return this;
    }

    /** How often an event is tried, 1 to 1000. */
    public Builder<T> attempts(int value) {
      require(value >= 1 && value <= 1000, "attempts", value, "1 to 1000");
      this.attempts = value;
      return this;
    }

    /** The first and the longest pause between two attempts. */
    public Builder<T> backoff(Duration min, Duration max) {
      require(
          min.isPositive() && min.compareTo(max) <= 0,
          "backoff",
          min,
          "more than 0, at most " + max);
      require(max.compareTo(Duration.ofHours(1)) <= 0, "backoff", max, "at most 1 h");
      this.backoffMin = min;
      this.backoffMax = max;
      return this;
    }

    /** How many events one instance works on at once, 1 to 10000. */
    public Builder<T> concurrency(int value) {
      require(value >= 1 && value <= 10_000, "concurrency", value, "1 to 10000");
      this.concurrency = value;
      return this;
    }

    /**
     * One event after the other, over all instances: the next is not delivered before the last is
     * done or a dead letter. So events of one key stay in order; and so do all others, which costs
     * a round trip an event.
     */
    public Builder<T> inOrder() {
      this.isInOrder = true;
      return this;
    }

    /** Begins, if it is new, with what comes from now on instead of with what there is. */
    public Builder<T> fromNow() {
      this.fromNow = true;
      return this;
    }

    /** The consumer. */
    public ConsumerSpec<T> build() {
      return new ConsumerSpec<>(this);
    }

    private static void require(boolean holds, String what, Object value, String expected) {
      if (!holds) {
        throw new IllegalArgumentException(
            "%s: \"%s\" (expected: %s)".formatted(what, value, expected));
      }
    }
  }
}
