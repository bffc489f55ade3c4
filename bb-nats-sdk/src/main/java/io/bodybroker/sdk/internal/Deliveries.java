package io.bodybroker.sdk.internal;

import io.nats.client.Connection;
import io.nats.client.Message;
import java.util.Arrays;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Subscriptions of one connection whose messages are handed over on the thread that reads them from
 * the socket, before jnats makes anything of them. jnats would read each byte a second time, put
 * headers into maps, and wake a thread of its dispatcher for each message, which then wakes the one
 * that waits for it: more than all the rest of a call.
 *
 * <p>It is a short cut, not another way: what a receiver does not take, what is not all there with
 * one read, and what is not a plain message goes to jnats as if this were not here, and arrives at
 * the subscription's own handler. So messages may overtake each other: only for those who do not
 * need their order, or see it themselves. Thread-safe.
 */
public final class Deliveries {
  /** jnats counts subscriptions from 1; who has made more of them has no use for short cuts. */
  private static final int MOST_DIGITS = 5;

  private static final Deliveries NONE = new Deliveries();

  /** Who wants messages at once. */
  public interface Receiver {
    /**
     * Whether a message would be taken, before anything is copied for it.
     *
     * @param subject of the message
     */
    boolean wants(String subject);

    /**
     * Takes a message, or does not. Called on the thread that reads the connection: must not block,
     * and hands over what takes time.
     *
     * @return whether it has taken it; else it comes again, through jnats
     */
    boolean take(Message message);
  }

  /** An error listener that knows them. */
  public interface Holder {
    /** Those of its connection. */
    Deliveries deliveries();
  }

  private final ReentrantLock lock = new ReentrantLock();
  private final LongAdder messages = new LongAdder();
  private final LongAdder bytes = new LongAdder();

  /**
   * Who wants a subscription's messages.
   *
   * @param subject of the first one; of most that follow, unless the subscription is to many
   */
  record Wanted(Receiver receiver, String subject) {}

  /** By jnats' number of the subscription. */
  private volatile @Nullable Wanted[] wanted = new Wanted[0];

  /** None yet. */
  public Deliveries() {}

  /** Those of a connection; of no effect if it is not one of ours. */
  public static Deliveries of(Connection connection) {
    return connection.getOptions().getErrorListener() instanceof Holder holder
        ? holder.deliveries()
        : NONE;
  }

  /**
   * From now on messages of a subscription go to a receiver.
   *
   * @param first a message that came to the subscription's handler, by which it is known
   */
  public void learn(Message first, Receiver receiver) {
    int sid = number(first.getSID());
    if (sid < 0 || equals(NONE) || wanted(sid) != null) { // it is learned once
      return;
    }
    lock.lock();
    try {
      var more = Arrays.copyOf(wanted, Math.max(wanted.length, sid + 1));
      more[sid] = new Wanted(receiver, first.getSubject());
      wanted = more;
    } finally {
      lock.unlock();
    }
  }

  private static int number(@Nullable String sid) {
    if (sid == null || sid.isEmpty() || sid.length() > MOST_DIGITS) {
      return -1;
    }
    int number = 0;
    for (int i = 0; i < sid.length(); i++) {
      int digit = sid.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      number = number * 10 + digit;
    }
    return number;
  }

  boolean isEmpty() {
    return wanted.length == 0;
  }

  @Nullable Wanted wanted(int sid) {
    var all = wanted;
    return sid >= 0 && sid < all.length ? all[sid] : null;
  }

  void count(int size) {
    messages.increment();
    bytes.add(size);
  }

  /** Messages that were taken, which jnats does not count. */
  public long messages() {
    return messages.sum();
  }

  /** Their bytes on the wire. */
  public long bytes() {
    return bytes.sum();
  }
}
