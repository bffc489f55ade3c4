package io.bodybroker.sdk.internal;

import io.nats.client.Connection;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Publishes messages of one connection past jnats, which makes an object and a buffer as large as
 * the payload for each, puts it into a queue and wakes a thread that writes it.
 *
 * <p>A short cut, as {@link Deliveries} are for what comes: where it is not open, the message goes
 * through jnats. So messages may overtake those that were published otherwise, and each other: only
 * for those whose order nobody relies on. It opens when a message has come from the present socket
 * for a subscription that somebody {@linkplain Deliveries wants at once}, taken or not: since jnats
 * subscribes in order, and before it publishes, the server knows by then where the answers are to
 * go. That holds for all subscriptions made before that one, not for later ones; a connection has
 * one inbox for requests. Thread-safe.
 */
public final class DirectWriter {
  /** An error listener that knows it. */
  public interface Holder {
    /** That of its connection. */
    DirectWriter directWriter();
  }

  private static final DirectWriter NONE = new DirectWriter();

  private final LongAdder messages = new LongAdder();
  private final LongAdder bytes = new LongAdder();

  /** Of the socket that is in use; null if there is none, or nothing came from it yet. */
  private final AtomicReference<@Nullable SocketWriter> open = new AtomicReference<>();

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
   * @param replyTo where to answer, where somebody waits already; null for nowhere
   * @param payload small enough for the server, headers included; not changed from now on
   * @return whether it was taken; else it is to be published through jnats, which also says if the
   *     connection is lost
   */
  public static boolean publish(
      Connection connection,
      String subject,
      @Nullable String replyTo,
      @Nullable HeaderBlock headers,
      byte[] payload) {
    // jnats says so before it tells others, who would not tell those that wait from now on.
    return connection.getStatus() == Connection.Status.CONNECTED
        && of(connection).publish(subject, replyTo, headers, payload);
  }

  private boolean publish(
      String subject, @Nullable String replyTo, @Nullable HeaderBlock headers, byte[] payload) {
    SocketWriter writer = open.get();
    int size = writer == null ? 0 : writer.publish(subject, replyTo, headers, payload);
    if (size == 0) {
      return false;
    }
    messages.increment();
    bytes.add(size);
    return true;
  }

  /** Waits until what was published has been given to the system, or is lost, or time is up. */
  public void flush(Duration bound) throws InterruptedException {
    SocketWriter writer = open.get();
    if (writer != null) {
      writer.flush(bound);
    }
  }

  void opens(SocketWriter writer) {
    open.set(writer);
  }

  void closes(SocketWriter writer) {
    open.compareAndSet(writer, null);
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
