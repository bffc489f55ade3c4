package io.bodybroker.sdk.error;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The one exception that crosses the API, on both sides of a call.
 *
 * <p>A handler throws it to answer with a code; a client gets it when a call did not succeed. It
 * answers two questions without parsing text: did a server see the call ({@link #origin()}, {@link
 * #mayHaveExecuted()}), and which error was it ({@link #code()}). The message is for the caller: it
 * travels over the wire. The {@linkplain #getCause() cause} stays in this process.
 *
 * <p>Immutable but for what {@link Throwable} allows; may be shared between threads.
 */
public final class ServiceException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ErrorCode code;
  private final ErrorOrigin origin;
  private final boolean mayHaveExecuted;
  private final transient List<FieldViolation> fieldViolations;
  private final transient Map<String, String> details;
  private final @Nullable String errorId;

  private ServiceException(Builder builder) {
    super(builder.message, builder.cause);
    this.code = builder.code;
    this.origin = builder.origin;
    this.mayHaveExecuted = builder.mayHaveExecuted;
    this.fieldViolations = List.copyOf(builder.fieldViolations);
    this.details = Map.copyOf(builder.details);
    this.errorId = builder.errorId;
  }

  /** An error for a handler to throw: the server answered, and the work may have been begun. */
  public static ServiceException of(ErrorCode code, String message) {
    return builder(code, message).build();
  }

  /**
   * {@code INVALID_ARGUMENT} for one field; the message names field, value and what would be right.
   */
  public static ServiceException invalidArgument(String field, Object value, String expected) {
    return invalid(
        ErrorCode.INVALID_ARGUMENT,
        List.of(new FieldViolation(field, String.valueOf(value), expected)));
  }

  /** {@code INVALID_ARGUMENT} for several fields at once; the message names each. */
  public static ServiceException invalidArgument(List<FieldViolation> violations) {
    return invalid(ErrorCode.INVALID_ARGUMENT, violations);
  }

  /** {@code OUT_OF_RANGE} for one field, such as a time in the past. */
  public static ServiceException outOfRange(String field, Object value, String expected) {
    return invalid(
        ErrorCode.OUT_OF_RANGE,
        List.of(new FieldViolation(field, String.valueOf(value), expected)));
  }

  /** {@code NOT_FOUND}: {@code what} with this {@code id} does not exist. */
  public static ServiceException notFound(String what, String id) {
    return of(ErrorCode.NOT_FOUND, what + " \"" + id + "\" does not exist");
  }

  private static ServiceException invalid(ErrorCode code, List<FieldViolation> violations) {
    var message =
        violations.stream().map(FieldViolation::describe).collect(Collectors.joining("; "));
    return builder(code, message).fieldViolations(violations).mayHaveExecuted(false).build();
  }

  /**
   * An error in the making; {@link ErrorOrigin#SERVER} and {@code mayHaveExecuted} unless said
   * otherwise.
   */
  public static Builder builder(ErrorCode code, String message) {
    return new Builder(code, message);
  }

  /** Which error. */
  public ErrorCode code() {
    return code;
  }

  /** What the caller is told; never null. */
  public String message() {
    return String.valueOf(getMessage());
  }

  /** Whether a server answered with it or the caller's own side made it. */
  public ErrorOrigin origin() {
    return origin;
  }

  /**
   * Whether a handler may have begun the work. {@code false} is a promise: trying again cannot do
   * it twice. {@code true} means only an idempotent call may be repeated.
   */
  public boolean mayHaveExecuted() {
    return mayHaveExecuted;
  }

  /** The refused fields, for {@code INVALID_ARGUMENT} and {@code OUT_OF_RANGE}; else empty. */
  public List<FieldViolation> fieldViolations() {
    return fieldViolations;
  }

  /** Facts a program may need, such as {@code current_version}; else empty. */
  public Map<String, String> details() {
    return details;
  }

  /** Names the entry in the server's log that holds the cause, for {@code INTERNAL}. */
  public Optional<String> errorId() {
    return Optional.ofNullable(errorId);
  }

  /** Starts with what this error says, but for its cause. */
  public Builder toBuilder() {
    var builder =
        new Builder(code, message())
            .origin(origin)
            .mayHaveExecuted(mayHaveExecuted)
            .fieldViolations(fieldViolations)
            .details(details);
    errorId().ifPresent(builder::errorId);
    return builder;
  }

  /** Collects what an error says. Not thread-safe. */
  public static final class Builder {
    private final ErrorCode code;
    private final String message;
    private ErrorOrigin origin = ErrorOrigin.SERVER;
    private boolean mayHaveExecuted = true;
    private List<FieldViolation> fieldViolations = List.of();
    private final Map<String, String> details = new LinkedHashMap<>();
    private @Nullable String errorId;
    private @Nullable Throwable cause;

    private Builder(ErrorCode code, String message) {
      this.code = Objects.requireNonNull(code, "code");
      this.message = Objects.requireNonNull(message, "message");
    }

    /** Who made it; default {@link ErrorOrigin#SERVER}. */
    public Builder origin(ErrorOrigin value) {
      this.origin = value;
      return this;
    }

    /** Whether the work can have been begun; default {@code true}. */
    public Builder mayHaveExecuted(boolean value) {
      this.mayHaveExecuted = value;
      return this;
    }

    /** The refused fields. */
    public Builder fieldViolations(List<FieldViolation> value) {
      this.fieldViolations = value;
      return this;
    }

    /** One fact, such as {@code current_version}. */
    public Builder detail(String key, Object value) {
      details.put(key, String.valueOf(value));
      return this;
    }

    /** Several facts. */
    public Builder details(Map<String, String> values) {
      details.putAll(values);
      return this;
    }

    /** The id under which the log has the cause. */
    public Builder errorId(String value) {
      this.errorId = value;
      return this;
    }

    /** What happened underneath; stays in this process. */
    public Builder cause(Throwable value) {
      this.cause = value;
      return this;
    }

    /** The exception, ready to throw. */
    public ServiceException build() {
      return new ServiceException(this);
    }
  }
}
