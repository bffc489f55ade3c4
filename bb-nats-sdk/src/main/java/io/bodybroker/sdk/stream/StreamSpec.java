package io.bodybroker.sdk.stream;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * What a stream shall be. Replicas are not said here: they follow the cluster ({@code
 * store.replicas}).
 *
 * <pre>{@code
 * static final StreamSpec WEATHER =
 *     StreamSpec.builder("WEATHER", "evt.weather.>").maxAge(Duration.ofDays(1)).build();
 * }</pre>
 *
 * <p>Immutable and thread-safe.
 */
public final class StreamSpec {
  /** No limit of bytes, messages or message bytes. */
  public static final long UNLIMITED = -1;

  /**
   * What a stream of events takes unless it says otherwise, in bytes with headers: 16 KiB less than
   * NATS does by default, so that a dead letter, which says more than its event did, still fits.
   */
  public static final int LONGEST_EVENT = (1 << 20) - (16 << 10);

  /** The server drops what comes again within this time under the same message id. */
  public static final Duration DUPLICATE_WINDOW = Duration.ofMinutes(2);

  private static final String EVENTS = "evt.";
  private static final String REDRIVE = "redrive.";
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,64}");
  private static final Pattern SUBJECT =
      Pattern.compile("(\\$?[A-Za-z0-9_-]+|\\*)(\\.([A-Za-z0-9_-]+|\\*))*(\\.>)?");

  private final String name;
  private final List<String> subjects;
  private final Retention retention;
  private final WhenFull whenFull;
  private final Duration maxAge;
  private final long maxBytes;
  private final long maxMessages;
  private final long maxMessageBytes;
  private final Duration duplicateWindow;
  private final boolean permanent;

  private StreamSpec(Builder builder) {
    this.name = builder.name;
    this.subjects = builder.subjects;
    this.retention = builder.retention;
    this.whenFull = builder.whenFull;
    this.maxAge = builder.maxAge;
    this.maxBytes = builder.maxBytes;
    this.maxMessages = builder.maxMessages;
    this.maxMessageBytes = builder.maxMessageBytes;
    this.duplicateWindow = builder.duplicateWindow;
    this.permanent = builder.permanent;
  }

  /**
   * Starts with a stream that keeps everything until a limit says otherwise.
   *
   * @param name 1 to 64 letters, digits, {@code -} and {@code _}
   * @param subjects what it takes, wildcards allowed; no two streams may take the same
   * @throws IllegalArgumentException naming what is not of that form
   */
  public static Builder builder(String name, String... subjects) {
    return new Builder(name, List.of(subjects));
  }

  /** What the server knows it by. */
  public String name() {
    return name;
  }

  /** What it takes; at least one, wildcards allowed. */
  public List<String> subjects() {
    return subjects;
  }

  /**
   * What it takes on the server: a stream of events also takes back what comes from the dead-letter
   * queue for one of its consumers alone.
   */
  List<String> allSubjects() {
    if (subjects.stream().noneMatch(subject -> subject.startsWith(EVENTS))) {
      return subjects;
    }
    var all = new ArrayList<>(subjects);
    all.add(REDRIVE + name + ".>");
    return all;
  }

  /**
   * The subjects on which events come back for one consumer, and for no other; one for each dead
   * letter, so that none can come back twice.
   */
  public String redriveSubject(String consumer, String letter) {
    return REDRIVE + name + "." + consumer + "." + letter;
  }

  /** When it lets go of a message; default {@link Retention#LIMITS}. */
  public Retention retention() {
    return retention;
  }

  /**
   * What it does when it is full; default {@link WhenFull#REFUSE_NEW}, so that what was
   * acknowledged leaves it by age alone.
   */
  public WhenFull whenFull() {
    return whenFull;
  }

  /** How long it keeps a message; zero, the default, means for good. */
  public Duration maxAge() {
    return maxAge;
  }

  /** How many bytes it keeps; default {@link #UNLIMITED}. */
  public long maxBytes() {
    return maxBytes;
  }

  /** How many messages it keeps; default {@link #UNLIMITED}. */
  public long maxMessages() {
    return maxMessages;
  }

  /**
   * The longest message it takes, in bytes with its headers; default {@link #LONGEST_EVENT} for
   * streams of events, {@link #UNLIMITED} for others.
   */
  public long maxMessageBytes() {
    return maxMessageBytes;
  }

  /** How long it remembers message ids; default {@link #DUPLICATE_WINDOW}. */
  public Duration duplicateWindow() {
    return duplicateWindow;
  }

  /**
   * Whether the server refuses to delete single messages of it and to purge it; default {@code
   * false}. The stream as a whole can still be deleted.
   */
  public boolean isPermanent() {
    return permanent;
  }

  /** Whether it takes messages on this subject, which has no wildcards. */
  public boolean takes(String subject) {
    return subjects.stream().anyMatch(pattern -> SubjectPatterns.overlap(pattern, subject));
  }

  /** Whether some subject would be taken by both. */
  boolean overlaps(StreamSpec other) {
    return subjects.stream()
        .anyMatch(mine ->
            other.subjects.stream().anyMatch(theirs -> SubjectPatterns.overlap(mine, theirs)));
  }

  @Override
  public String toString() {
    return name + " " + subjects;
  }

  /** Collects what a stream shall be. Not thread-safe. */
  public static final class Builder {
    private final String name;
    private final List<String> subjects;
    private Retention retention = Retention.LIMITS;
    private WhenFull whenFull = WhenFull.REFUSE_NEW;
    private Duration maxAge = Duration.ZERO;
    private long maxBytes = UNLIMITED;
    private long maxMessages = UNLIMITED;
    private long maxMessageBytes;
    private Duration duplicateWindow = DUPLICATE_WINDOW;
    private boolean permanent;

    private Builder(String name, List<String> subjects) {
      require(NAME.matcher(name).matches(), "name", name, "1 to 64 letters, digits, '-' and '_'");
      require(!subjects.isEmpty(), "subjects", subjects, "at least one");
      for (String subject : subjects) {
        require(
            SUBJECT.matcher(subject).matches(), "subject", subject, "dot-separated tokens, * or >");
      }
      this.name = name;
      this.subjects = subjects;
      this.maxMessageBytes =
          subjects.stream().anyMatch(subject -> subject.startsWith(EVENTS))
              ? LONGEST_EVENT
              : UNLIMITED;
    }

    /** When it lets go of a message. */
    public Builder retention(Retention value) {
      this.retention = Objects.requireNonNull(value, "retention");
      return this;
    }

    /** What it does when it is full. */
    public Builder whenFull(WhenFull value) {
      this.whenFull = Objects.requireNonNull(value, "whenFull");
      return this;
    }

    /** How long it keeps a message; zero means for good. */
    public Builder maxAge(Duration value) {
      require(!value.isNegative(), "maxAge", value, "not negative");
      this.maxAge = value;
      return this;
    }

    /** How many bytes it keeps, at least 1. */
    public Builder maxBytes(long value) {
      require(value > 0, "maxBytes", value, "at least 1");
      this.maxBytes = value;
      return this;
    }

    /** How many messages it keeps, at least 1. */
    public Builder maxMessages(long value) {
      require(value > 0, "maxMessages", value, "at least 1");
      this.maxMessages = value;
      return this;
    }

    /** The longest message it takes, in bytes, at least 1. */
    public Builder maxMessageBytes(int value) {
      require(value > 0, "maxMessageBytes", value, "at least 1");
      this.maxMessageBytes = value;
      return this;
    }

    /** How long it remembers message ids, at least 100 ms. */
    public Builder duplicateWindow(Duration value) {
      require(value.toMillis() >= 100, "duplicateWindow", value, "at least 100 ms");
      this.duplicateWindow = value;
      return this;
    }

    /**
     * The server refuses to delete single messages of it and to purge it, and cannot be told
     * otherwise later.
     */
    public Builder permanent() {
      this.permanent = true;
      return this;
    }

    /**
     * The stream.
     *
     * @throws IllegalArgumentException if ids were remembered longer than messages are kept, which
     *     the server refuses
     */
    public StreamSpec build() {
      require(
          maxAge.isZero() || duplicateWindow.compareTo(maxAge) <= 0,
          "duplicateWindow",
          duplicateWindow,
          "at most maxAge, " + maxAge);
      return new StreamSpec(this);
    }

    private static void require(boolean holds, String what, Object value, String expected) {
      if (!holds) {
        throw new IllegalArgumentException(
            "%s: \"%s\" (expected: %s)".formatted(what, value, expected));
      }
    }
  }
}
