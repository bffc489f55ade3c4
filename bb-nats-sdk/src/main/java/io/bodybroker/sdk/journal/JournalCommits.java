package io.bodybroker.sdk.journal;

import com.google.protobuf.Message;
import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.sdk.internal.JetStreamApi;
import io.bodybroker.sdk.internal.StreamReader;
import io.bodybroker.sdk.store.Change;
import io.bodybroker.sdk.store.CommitLog;
import java.time.Duration;
import java.util.function.Consumer;

/** A journal as its change feed reads it: an entry is what its key is now. */
final class JournalCommits<T extends Message> implements CommitLog<T> {
  private static final Duration HEARTBEAT = Duration.ofSeconds(1);

  private final JetStreamApi api;
  private final JournalStream journal;
  private final EntryCodec<T> codec;

  JournalCommits(JetStreamApi api, JournalStream journal, EntryCodec<T> codec) {
    this.api = api;
    this.journal = journal;
    this.codec = codec;
  }

  /** The stream's name: a store may be called as the journal is. */
  @Override
  public String name() {
    return journal.stream();
  }

  @Override
  public long lastRevision() {
    return Extents.of(api, journal).last();
  }

  @Override
  public void follow(long after, Consumer<Change<T>> reader, Runnable whenIdle) {
    journal.require();
    var pace = StreamReader.Pace.steady(HEARTBEAT);
    try (var messages = StreamReader.after(api, journal.source(), after, pace)) {
      while (!Thread.currentThread().isInterrupted()) {
        var message = messages.next(whenIdle);
        String key = journal.key(message.getSubject());
        long position = message.metaData().streamSequence();
        reader.accept(
            new Change.Put<>(
                key, codec.decode(key, message.getData(), position).value(), position));
      }
    } catch (ServiceException e) {
      journal.forget();
      throw e;
    }
  }
}
