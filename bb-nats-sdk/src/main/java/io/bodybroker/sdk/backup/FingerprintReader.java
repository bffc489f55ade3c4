package io.bodybroker.sdk.backup;

import io.bodybroker.sdk.internal.ClientErrors;
import io.bodybroker.sdk.internal.JetStreamApi;
import io.bodybroker.sdk.internal.JetStreamApi.NobodyListens;
import io.bodybroker.sdk.internal.JetStreamCodes;
import io.nats.client.JetStreamApiException;
import io.nats.client.api.MessageInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.LongConsumer;

/**
 * Reads all messages of a stream from its leader, many at once.
 *
 * <p>Not by a consumer: a stream that lets go of what was consumed must not see one more, and a
 * replica that answers for its leader may lag behind.
 */
final class FingerprintReader {
  private static final int WALKERS = 16;
  private static final int RANGE = 256;
  private static final String ALL = ">";

  private final JetStreamApi api;

  FingerprintReader(JetStreamApi api) {
    this.api = api;
  }

  /**
   * What one walker found in its range.
   *
   * @param next the first sequence after the range that has a message
   */
  private record Walked(List<Fingerprint> found, long next) {}

  /**
   * All messages from one sequence to another, in order.
   *
   * @param progress hears which sequences have been seen
   */
  List<Fingerprint> read(String stream, long first, long last, LongConsumer progress) {
    var all = new ArrayList<Fingerprint>();
    try (ExecutorService walkers = Executors.newVirtualThreadPerTaskExecutor()) {
      long start = Math.max(1, first);
      while (start <= last) {
        Walked window = window(walkers, stream, start, last);
        all.addAll(window.found());
        start = window.next();
        progress.accept(Math.min(start - 1, last));
      }
    }
    return all;
  }

  private Walked window(ExecutorService walkers, String stream, long start, long last) {
    var walking = new ArrayList<Future<Walked>>();
    for (int i = 0; i < WALKERS && start + (long) i * RANGE <= last; i++) {
      long from = start + (long) i * RANGE;
      long to = Math.min(last, from + RANGE - 1);
      walking.add(walkers.submit(() -> walk(stream, from, to)));
    }
    var found = new ArrayList<Fingerprint>();
    long next = start;
    try {
      for (Future<Walked> one : walking) {
        Walked walked = one.get();
        found.addAll(walked.found());
        next = walked.next();
      }
    } catch (InterruptedException e) {
      walking.forEach(one -> one.cancel(true));
      throw ClientErrors.interrupted("reading stream " + stream, false, e);
    } catch (ExecutionException e) {
      walking.forEach(one -> one.cancel(true));
      throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
    }
    return new Walked(found, next);
  }

  private Walked walk(String stream, long from, long to) {
    var found = new ArrayList<Fingerprint>();
    long sequence = from;
    while (sequence <= to) {
      Optional<MessageInfo> message = next(stream, sequence);
      if (message.isEmpty()) {
        return new Walked(found, Long.MAX_VALUE);
      }
      sequence = message.get().getSeq();
      if (sequence > to) {
        return new Walked(found, sequence);
      }
      found.add(Fingerprint.of(message.get()));
      sequence++;
    }
    return new Walked(found, sequence);
  }

  private Optional<MessageInfo> next(String stream, long sequence) {
    try {
      return api.next(stream, sequence, ALL);
    } catch (NobodyListens e) {
      throw ClientErrors.notSent("stream " + stream + " is not there now", e);
    } catch (JetStreamApiException e) {
      throw JetStreamCodes.toError("stream " + stream, e);
    }
  }
}
