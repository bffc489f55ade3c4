package io.bodybroker.sdk.journal;

import com.google.protobuf.Message;
import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.sdk.internal.ClientErrors;
import io.bodybroker.sdk.internal.JetStreamApi;
import io.bodybroker.sdk.internal.JetStreamApi.NobodyListens;
import io.bodybroker.sdk.internal.JetStreamCodes;
import io.bodybroker.sdk.internal.Keys;
import io.bodybroker.sdk.internal.StreamReader;
import io.bodybroker.sdk.journal.JournalMeters.Operation;
import io.nats.client.JetStreamApiException;
import io.nats.client.api.MessageInfo;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A {@link Journal} on a stream with one subject for each key; the position is the stream sequence.
 *
 * <p>Reads are plain message gets, which only the stream's leader answers, and a leader has applied
 * every entry it acknowledged.
 */
final class JetStreamJournal<T extends Message> implements Journal<T> {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int MAX_PAUSE_MILLIS = 32;

  private final JetStreamApi api;
  private final JournalStream journal;
  private final EntryCodec<T> codec;
  private final JournalMeters meters;
  private final Appending appending;
  private final @Nullable RecentEntries<T> recent;

  /**
   * @param recent what is in memory, if anything is
   */
  JetStreamJournal(
      JetStreamApi api,
      JournalStream journal,
      T defaultInstance,
      JournalMeters meters,
      @Nullable RecentEntries<T> recent) {
    this.recent = recent;
    this.api = api;
    this.journal = journal;
    this.codec = new EntryCodec<>(defaultInstance);
    this.meters = meters;
    this.appending = new Appending(api, journal);
  }

  @Override
  public Optional<JournalEntry<T>> last(String key) {
    String subject = journal.subject(Keys.requireKey(key));
    return get(() -> api.last(journal.stream(), subject));
  }

  @Override
  public Optional<JournalEntry<T>> last(String key, Predicate<? super T> isEnough) {
    return recent == null ? last(key) : recent.last(key, isEnough, () -> last(key));
  }

  @Override
  public Optional<JournalEntry<T>> at(long position) {
    return position < 1 ? Optional.empty() : get(() -> api.at(journal.stream(), position));
  }

  /** One request for a message. */
  @FunctionalInterface
  private interface Question {
    Optional<MessageInfo> ask() throws NobodyListens, JetStreamApiException;
  }

  private Optional<JournalEntry<T>> get(Question question) {
    return meters.measure(journal.name(), Operation.READ, () -> answer(question).map(this::entry));
  }

  private Optional<MessageInfo> answer(Question question) {
    journal.require();
    try {
      return question.ask();
    } catch (NobodyListens e) {
      throw ClientErrors.notSent(journal.what() + " is not there now", e);
    } catch (JetStreamApiException e) {
      journal.forget();
      throw JetStreamCodes.toError(journal.what(), e);
    }
  }

  private JournalEntry<T> entry(MessageInfo message) {
    String key = journal.key(Objects.requireNonNull(message.getSubject(), "subject"));
    return codec.decode(key, message.getData(), message.getSeq());
  }

  @Override
  public long append(String key, long after, T entry) {
    Optional<Long> position = attempt(Keys.requireKey(key), after, entry);
    return position.orElseThrow(() -> Refusals.otherLast(journal.name(), key, after));
  }

  /** Empty if another entry is the key's last. */
  private Optional<Long> attempt(String key, long after, T entry) {
    return meters.measure(
        journal.name(),
        Operation.APPEND,
        () -> appending.append(journal.subject(key), after, entry.toByteString()));
  }

  @Override
  public Optional<JournalEntry<T>> append(
      String key, Function<Optional<JournalEntry<T>>, Optional<T>> next) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    for (int attempt = 1; ; attempt++) {
      Optional<JournalEntry<T>> last = last(key);
      Optional<T> entry = next.apply(last);
      if (entry.isEmpty()) {
        return Optional.empty();
      }
      Optional<Long> position =
          attempt(key, last.map(JournalEntry::position).orElse(0L), entry.get());
      if (position.isPresent()) {
        return Optional.of(new JournalEntry<>(key, entry.get(), position.get()));
      }
      if (System.nanoTime() - end > 0) {
        throw Refusals.lostEveryRace(journal.name(), key, attempt);
      }
      pause(attempt);
    }
  }

  /** Evenly from zero to a cap that stays small, so that nobody loses all rounds. */
  private void pause(int attempt) {
    int cap = Math.min(1 << Math.min(attempt, 10), MAX_PAUSE_MILLIS);
    try {
      Thread.sleep(Duration.ofNanos(ThreadLocalRandom.current().nextLong(cap * 1_000_000L)));
    } catch (InterruptedException e) {
      throw ClientErrors.interrupted("appending to " + journal.what(), false, e);
    }
  }

  /** The leader says how far it must come, for another replica may serve the pass. */
  @Override
  public void read(long after, Reader<T> reader) {
    long horizon =
        answer(() -> api.last(journal.stream(), journal.everything()))
            .map(MessageInfo::getSeq)
            .orElse(0L);
    if (horizon <= after) {
      return;
    }
    var pace = StreamReader.Pace.burst(api.timeout());
    try (var messages = StreamReader.after(api, journal.source(), after, pace)) {
      long position;
      do {
        var message = messages.next();
        position = message.metaData().streamSequence();
        tell(reader, journal.key(message.getSubject()), message.getData(), position);
      } while (position < horizon);
    }
  }

  private void tell(Reader<T> reader, String key, byte[] bytes, long position) {
    JournalEntry<T> entry;
    try {
      entry = codec.decode(key, bytes, position);
    } catch (ServiceException e) {
      reader.unreadable(key, position, e);
      return;
    }
    reader.read(entry);
  }

  @Override
  public Extent extent() {
    return Extents.of(api, journal);
  }
}
