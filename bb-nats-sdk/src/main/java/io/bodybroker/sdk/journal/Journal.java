package io.bodybroker.sdk.journal;

import com.google.protobuf.Message;
import io.bodybroker.sdk.error.ServiceException;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * An append-only log: entries under keys, each appended only directly behind the one its writer
 * knows to be the key's last. So the entries of a key are one line without forks, whoever else
 * writes, and whoever has read the last one has decided on all of them.
 *
 * <p>An entry is acknowledged when a quorum of servers has it. It is never changed, and the servers
 * refuse to delete it. It belongs to one key; what must happen together is one entry.
 *
 * <pre>{@code
 * var appended = journal.append(account, last -> {
 *   long balance = last.map(entry -> entry.value().getBalance()).orElse(0L);
 *   return Optional.of(Entry.newBuilder().setBalance(balance + 5).build());
 * });
 * }</pre>
 *
 * <p>Keys are as those of a store: 1 to 200 characters, parts separated by {@code /} and none
 * empty. All methods say {@code UNAVAILABLE} if JetStream is away, within the time of one request.
 * Thread-safe.
 *
 * <p>What is read is what the leader of the journal's stream has. One that was cut off and does not
 * know it yet may tell an entry that is no longer the last, for some seconds; nothing can be
 * appended to that.
 *
 * @param <T> what the journal keeps
 */
public interface Journal<T extends Message> {
  /** The last entry of a key; empty if it has none. */
  Optional<JournalEntry<T>> last(String key);

  /**
   * The last entry of a key, from this process's memory if what it has there is enough, else as
   * {@link #last(String)}. What is in memory was appended, and may be behind by the moment in which
   * the server tells that there is something newer; so a reader that has seen an entry asks for
   * that one or a later one. Many times as fast as {@link #last(String)}.
   *
   * <p>A journal that a service has from its context keeps what was read last of 20,000 keys, and
   * nothing while its server is away. Others always ask the server.
   *
   * @param isEnough whether an entry is recent enough; must have no effect
   */
  default Optional<JournalEntry<T>> last(String key, Predicate<? super T> isEnough) {
    return last(key);
  }

  /** The entry at a position, of whatever key; empty if there is none. */
  Optional<JournalEntry<T>> at(long position);

  /**
   * Appends an entry directly behind another one. If it is not known whether that happened, such as
   * because a server died meanwhile, the journal is asked until it is.
   *
   * @param key under which
   * @param after the position of the key's last entry; 0 if it has none
   * @return its position
   * @throws ServiceException {@code ABORTED} if another entry is the key's last: nothing was
   *     appended then; {@code UNAVAILABLE}, with {@code mayHaveExecuted()} if it could not be found
   *     out whether it was appended
   */
  long append(String key, long after, T entry);

  /**
   * Appends what follows from the key's last entry, and begins again if somebody else was faster.
   *
   * @param next decides on the last entry, empty if there is none; empty if nothing is to be
   *     appended. May run several times. What it throws is thrown on, and nothing is appended
   * @return what was appended; empty if nothing was to be
   * @throws ServiceException {@code ABORTED} if others were faster for 10 s; else as {@link
   *     #append(String, long, Message)}
   */
  Optional<JournalEntry<T>> append(
      String key, Function<Optional<JournalEntry<T>>, Optional<T>> next);

  /**
   * Tells every entry after a position that there is when it begins, in order, and returns.
   *
   * @param after 0 for all
   * @throws ServiceException {@code UNAVAILABLE} if it could not be read to the end
   */
  void read(long after, Reader<T> reader);

  /** How many entries there are, and at which positions. */
  Extent extent();

  /**
   * Is told entries; what it throws ends the reading.
   *
   * @param <T> what the journal keeps
   */
  @FunctionalInterface
  interface Reader<T extends Message> {
    /** The next entry. */
    void read(JournalEntry<T> entry);

    /**
     * An entry that is none of this journal's, or is damaged. Throws what is wrong, unless told
     * otherwise.
     */
    default void unreadable(String key, long position, ServiceException problem) {
      throw problem;
    }
  }

  /**
   * How far a journal goes. Nothing was ever removed from it if it has as many entries as its last
   * position says.
   *
   * @param last the position of the last entry there was, also if it has been removed; 0 if there
   *     was none
   * @param entries how many there are
   */
  record Extent(long last, long entries) {}
}
