package io.bodybroker.sdk.deadletter;

import io.bodybroker.sdk.error.ErrorCode;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which dead letters are meant: those to which everything that is set applies. Immutable and
 * thread-safe.
 */
public final class DeadLetterFilter {
  private static final String ANY = "*";

  /** One token of a subject, without wildcards. */
  private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9_-]+");

  private final Builder wanted;

  private DeadLetterFilter(Builder builder) {
    this.wanted = builder;
  }

  /** All of them. */
  public static DeadLetterFilter all() {
    return builder().build();
  }

  /** Starts with all of them. */
  public static Builder builder() {
    return new Builder();
  }

  /** What the server can filter by. */
  String subject() {
    return "dlq."
        + Optional.ofNullable(wanted.service).orElse(ANY)
        + "."
        + Optional.ofNullable(wanted.work).orElse(ANY);
  }

  /** The first sequence to look at. */
  long firstSequence() {
    return wanted.sequence == 0 ? 1 : wanted.sequence;
  }

  /** The last sequence to look at, if the queue ends at this one. */
  long lastSequence(long end) {
    return wanted.sequence == 0 ? end : Math.min(end, wanted.sequence);
  }

  boolean matches(DeadLetter letter) {
    return (wanted.code == null || letter.code() == wanted.code)
        && (wanted.subject == null || letter.origin().subject().equals(wanted.subject))
        && (wanted.since == null || !letter.at().isBefore(wanted.since))
        && (wanted.until == null || letter.at().isBefore(wanted.until));
  }

  /** Collects what is meant. Not thread-safe. */
  public static final class Builder {
    private @Nullable String service;
    private @Nullable String work;
    private @Nullable String subject;
    private @Nullable ErrorCode code;
    private @Nullable Instant since;
    private @Nullable Instant until;
    private long sequence;

    private Builder() {}

    /**
     * Of this service.
     *
     * @throws IllegalArgumentException if it is not of letters, digits, {@code -} and {@code _}
     */
    public Builder service(String value) {
      this.service = requireToken("service", value);
      return this;
    }

    /**
     * Of this consumer, or this endpoint.
     *
     * @throws IllegalArgumentException if it is not of letters, digits, {@code -} and {@code _}
     */
    public Builder work(String value) {
      this.work = requireToken("work", value);
      return this;
    }

    /** Published on this subject. */
    public Builder subject(String value) {
      this.subject = value;
      return this;
    }

    /** Given up for this reason. */
    public Builder code(ErrorCode value) {
      this.code = value;
      return this;
    }

    /** Given up at this time or later. */
    public Builder since(Instant value) {
      this.since = value;
      return this;
    }

    /** Given up before this time. */
    public Builder until(Instant value) {
      this.until = value;
      return this;
    }

    /** The one with this sequence in the queue. */
    public Builder sequence(long value) {
      if (value < 1) {
        throw new IllegalArgumentException("sequence: " + value + " (expected: at least 1)");
      }
      this.sequence = value;
      return this;
    }

    private static String requireToken(String what, String value) {
      if (!TOKEN.matcher(value).matches()) {
        throw new IllegalArgumentException(
            "%s: \"%s\" (expected: letters, digits, '-' and '_')".formatted(what, value));
      }
      return value;
    }

    /** The filter. */
    public DeadLetterFilter build() {
      return new DeadLetterFilter(this);
    }
  }
}
