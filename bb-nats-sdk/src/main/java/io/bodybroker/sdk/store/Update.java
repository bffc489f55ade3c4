package io.bodybroker.sdk.store;

import com.google.protobuf.Message;
import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.sdk.internal.ClientErrors;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;

/**
 * One {@link Store#update}: read, change, compare-and-set, and once more if somebody else was
 * faster.
 *
 * <p>It is bounded by time, not by a count of attempts: on a key that many write, each round has
 * one winner, so a fair share of wins takes as many attempts as there are writers. The pause
 * between attempts is drawn evenly from zero to a cap that stays small: an exponential one would
 * let those who lost a few rounds lose all the others.
 *
 * <p><b>A write without an answer</b> is looked for: the entry under the key tells who wrote it and
 * which version it replaced. Our name: it was written. Still the version we read: it was not, and
 * the same write is sent again, which cannot have effect twice. A stranger who replaced the version
 * we read: we lost a race as any other. Anything else: ours may or may not have been in between,
 * and the caller gets the error, with {@code mayHaveExecuted}.
 */
final class Update<T extends Message> {
  static final Duration PATIENCE = Duration.ofSeconds(10);

  private static final int MAX_PAUSE_MILLIS = 32;
  private static final int RESENDS = 3;

  private final Backend backend;
  private final DocumentCodec<T> codec;
  private final String key;
  private final Function<Optional<T>, T> change;

  Update(Backend backend, DocumentCodec<T> codec, String key, Function<Optional<T>, T> change) {
    this.backend = backend;
    this.codec = codec;
    this.key = key;
    this.change = Objects.requireNonNull(change, "change");
  }

  @SuppressWarnings(
      "ReferenceEquality") // an equal document written again is a write: it renews a time to live
  Versioned<T> run() {
    long end = System.nanoTime() + PATIENCE.toNanos();
    int attempt = 1;
    while (true) {
      var before = backend.read(key);
      var current = before.filter(Entry::isLive).map(codec::decode);
      T next =
          Objects.requireNonNull(
              change.apply(current.map(Versioned::value)), "what the change returned");
      if (current.isPresent() && current.get().value() == next) {
        return current.get();
      }
      var base = versionOf(before);
      if (write(Write.of(key, codec.encode(next), expect(base)), base)
          instanceof Outcome.Written written) {
        return new Versioned<>(key, next, written.version());
      }
      if (System.nanoTime() - end > 0) {
        throw StoreErrors.lostEveryRace(backend.name(), key, attempt);
      }
      pause(attempt++);
    }
  }

  private Outcome write(Write write, long base) {
    try {
      return backend.write(write);
    } catch (ServiceException e) {
      if (!e.mayHaveExecuted()) {
        throw e;
      }
      return resolve(write, base, e);
    }
  }

  private Outcome resolve(Write write, long base, ServiceException unanswered) {
    for (int round = 0; round < RESENDS; round++) {
      try {
        var now = backend.read(key);
        if (now.isPresent() && now.get().writeId().equals(write.id())) {
          return new Outcome.Written(now.get().version());
        }
        if (versionOf(now) != base) {
          if (now.isPresent() && now.get().replaced() == base) {
            return new Outcome.Refused();
          }
          break;
        }
        if (backend.write(write) instanceof Outcome.Written written) {
          return written;
        }
      } catch (ServiceException e) {
        unanswered.addSuppressed(e);
        break;
      }
    }
    throw unanswered;
  }

  private static long versionOf(Optional<Entry> entry) {
    return entry.map(Entry::version).orElse(0L);
  }

  private static Expected expect(long base) {
    return base == 0 ? new Expected.Absent() : new Expected.Version(base);
  }

  private void pause(int attempt) {
    int cap = Math.min(1 << Math.min(attempt, 10), MAX_PAUSE_MILLIS);
    try {
      Thread.sleep(Duration.ofNanos(ThreadLocalRandom.current().nextLong(cap * 1_000_000L)));
    } catch (InterruptedException e) {
      throw ClientErrors.interrupted("update of \"" + key + "\" in " + backend.name(), false, e);
    }
  }
}
