package io.bodybroker.sdk.internal;

import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.ServiceException;
import io.nats.client.Connection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the server does not permit on one connection. It answers a forbidden request with nothing
 * but a remark on the side, and its caller would wait for an answer in vain; here the remark finds
 * the request.
 *
 * <p>Thread-safe.
 */
public final class DeniedSubjects {
  private static final Pattern PUBLISH =
      Pattern.compile(
          "permissions violation for publish to \"([^\"]+)\"", Pattern.CASE_INSENSITIVE);
  private static final Pattern SUBSCRIBE =
      Pattern.compile(
          "permissions violation for subscription to \"([^\"]+)\"", Pattern.CASE_INSENSITIVE);

  private final Map<String, Set<CompletableFuture<?>>> outstanding = new ConcurrentHashMap<>();
  private final AtomicReference<Denial> last = new AtomicReference<>(Denial.NONE);

  /** An error listener that knows them. */
  public interface Holder {
    /** Those of its connection. */
    DeniedSubjects denied();
  }

  /**
   * One.
   *
   * @param publish whether it was to publish there; else to listen
   * @param subject where
   * @param nanos when, by the nano clock
   */
  public record Denial(boolean publish, String subject, long nanos) {
    static final Denial NONE = new Denial(false, "", System.nanoTime());

    /** The error for who wanted it. */
    public ServiceException error() {
      return ServiceException.builder(
              ErrorCode.PERMISSION_DENIED,
              "not permitted to %s \"%s\"".formatted(publish ? "publish on" : "listen on", subject))
          .origin(io.bodybroker.sdk.error.ErrorOrigin.CLIENT)
          .mayHaveExecuted(false)
          .detail("subject", subject)
          .build();
    }
  }

  /** Nothing was denied yet. */
  public DeniedSubjects() {}

  /** Those of a connection of ours. */
  public static Optional<DeniedSubjects> of(Connection connection) {
    return connection.getOptions().getErrorListener() instanceof Holder holder
        ? Optional.of(holder.denied())
        : Optional.empty();
  }

  /** What a remark of the server denies, if it does. */
  public static Optional<Denial> parse(String remark) {
    return parse(PUBLISH, true, remark).or(() -> parse(SUBSCRIBE, false, remark));
  }

  private static Optional<Denial> parse(Pattern pattern, boolean publish, String remark) {
    Matcher matcher = pattern.matcher(remark);
    return matcher.find()
        ? Optional.of(new Denial(publish, matcher.group(1), System.nanoTime()))
        : Optional.empty();
  }

  /** Fails a request at once if its subject is denied before it is complete. */
  public void expect(String subject, CompletableFuture<?> answer) {
    outstanding.compute(
        subject,
        (key, present) -> {
          Set<CompletableFuture<?>> all = present == null ? ConcurrentHashMap.newKeySet() : present;
          all.add(answer);
          return all;
        });
    var unused = answer.whenComplete((value, failure) -> forget(subject, answer));
  }

  @SuppressWarnings("UndefinedEquals") // each is equal to itself alone, as is meant
  private void forget(String subject, CompletableFuture<?> answer) {
    outstanding.computeIfPresent(
        subject,
        (key, present) -> {
          present.remove(answer);
          return present.isEmpty() ? null : present;
        });
  }

  /** To be told of each. */
  public void note(Denial denial) {
    last.set(denial);
    Set<CompletableFuture<?>> waiting = outstanding.get(denial.subject());
    if (denial.publish() && waiting != null) {
      waiting.forEach(answer -> answer.completeExceptionally(denial.error()));
    }
  }

  /** The last one since a time of the nano clock. */
  public Optional<Denial> since(long nanos) {
    Denial denial = last.get();
    return denial.equals(Denial.NONE) || denial.nanos() - nanos < 0
        ? Optional.empty()
        : Optional.of(denial);
  }
}
