package io.bodybroker.sdk.internal;

import io.nats.client.Connection;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Publishes messages of one connection past jnats, which makes an object and a buffer as large as
 * the payload for each, puts it into a queue and wakes a thread that writes it.
 *
 * <p>A short cut, as {@link Deliveries} are for what comes: where it is not open, the message goes
 * through jnats. So messages may overtake those that were published otherwise, and each other: only
 * for those whose order nobody relies on. It opens when a message has been {@linkplain Deliveries
 * handed over} from the present socket, since that says that the server knows the subscription at
 * which the answer will come. Thread-safe.
 */
public final class DirectWriter {
  private static final DirectWriter NONE = new DirectWriter();

  /** An error listener that knows it. */
  public interface Holder {
    /** That of its connection. */
    DirectWriter directWriter();
  }

  private final LongAdder messages = new LongAdder();
  private final LongAdder bytes = new LongAdder();

  /** Of the socket that is in use; null if there is none, or nothing came from it yet. */
  private volatile @Nullable SocketWriter open;

  /** Not open yet. */
  public DirectWriter() {}

  /** That of a connection; never open if it is not one of ours. */
  public static DirectWriter of(Connection connection) {
    return connection.getOptions().getErrorListener() instanceof Holder holder
        ? holder.directWriter()
        : NONE;
  }

  /**
   * Publishes a message. It is sent soon, and does not wait for others; if the connection is lost
   * first, it is lost with it.
   *
   * @param replyTo where to answer; null for nowhere
   * @param payload small enough for the server, headers included; not changed from now on
   * @return whether it was taken; else it is to be published through jnats
   */
  public boolean publish(
      String subject, @Nullable String replyTo, @Nullable HeaderBlock headers, byte[] payload) {
    SocketWriter writer = open;
    if (writer == null) {
      return false;
    }
    int size = writer.publish(subject, replyTo, headers, payload);
    if (size == 0) {
      return false;
    }
    messages.increment();
    bytes.add(size);
    return true;
  }

  /** Waits until what was published has been given to the system, or is lost, or time is up. */
  public void flush(Duration bound) throws InterruptedException {
    SocketWriter writer = open;
    if (writer != null) {
      writer.flush(bound);
    }
  }

  void opens(SocketWriter writer) {
    open = writer;
  }

  void closes(SocketWriter writer) {
    if (writer.equals(open)) {
      open = null;
    }
  }

  /** Messages that were published, which jnats does not count. */
  public long messages() {
    return messages.sum();
  }

  /** Their bytes on the wire. */
  public long bytes() {
    return bytes.sum();
  }
}
