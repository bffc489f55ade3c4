package io.bodybroker.sdk.rpc;

import com.google.protobuf.Message;
import io.bodybroker.sdk.connection.SupervisedConnection;
import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.sdk.telemetry.StreamEnd;
import io.bodybroker.sdk.telemetry.StreamMeters;
import io.nats.client.Connection;
import io.nats.client.impl.Headers;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * One stream being written. It is closed once, by whoever comes first: the handler that is done or
 * fails, the reader that cancels or is gone, the connection that is lost, the process that drains.
 *
 * <p>Two locks, so that signals never wait for a message on its way out: {@code sending} keeps
 * messages in the order of their numbers, {@code lock} guards the credit. A stream is closed before
 * its last frame is sent, under {@code sending}; so nothing follows a last frame.
 *
 * @param <R> the response
 */
final class ServedStream<R extends Message> implements ResponseWriter<R>, Inbox.Receiver {
  private static final Logger LOG = System.getLogger(RpcServer.class.getName());

  /** Why a stream ended: an error unless it ended well. */
  private record Closing(StreamEnd end, String why, Optional<ServiceException> error) {}

  private final SupervisedConnection connection;
  private final Inbox inbox;
  private final String reader;
  private final String address;
  private final StreamMeters meters;
  private final AtomicReference<@Nullable Closing> closing = new AtomicReference<>();
  private final ReentrantLock sending = new ReentrantLock();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private StreamCredit credit;
  private long messages;
  private long bytes;
  private volatile long sentNanos = System.nanoTime();
  private volatile long heardNanos = System.nanoTime();
  private volatile long askedNanos = System.nanoTime();
  private volatile @Nullable Thread handler;

  /**
   * A stream to a reader, which knows nothing of it yet.
   *
   * @param reader the subject it reads from
   */
  ServedStream(
      SupervisedConnection connection,
      Inbox inbox,
      String reader,
      StreamCredit credit,
      StreamMeters meters) {
    this.connection = connection;
    this.inbox = inbox;
    this.reader = reader;
    this.credit = credit;
    this.meters = meters;
    this.address = inbox.add(this);
  }

  /**
   * Tells the reader that its request is being served, and where to send its signals. From now on
   * this thread is interrupted when nobody reads any more.
   */
  void open() {
    handler = Thread.currentThread();
    requireOpen();
    publish(StreamFrame.open(), null);
  }

  @Override
  public void send(R message) {
    byte[] payload = message.toByteArray();
    sending.lock();
    try {
      awaitCredit();
      requireFits(payload);
      publish(StreamFrame.data(messages + 1), payload);
      messages++;
      bytes += payload.length;
      meters.sent();
    } finally {
      sending.unlock();
    }
  }

  private void awaitCredit() {
    lock.lock();
    try {
      if (mustWait()) {
        long began = System.nanoTime();
        while (mustWait()) {
          changed.await();
        }
        meters.stalled(System.nanoTime() - began);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      requireOpen();
      throw cancelled("interrupted while waiting for the reader");
    } finally {
      lock.unlock();
    }
    requireOpen();
  }

  private boolean mustWait() {
    return closing.get() == null && !credit.allows(messages, bytes);
  }

  private void requireOpen() {
    Closing closed = closing.get();
    if (closed != null) {
      throw cancelled(closed.why());
    }
  }

  private void requireFits(byte[] payload) {
    long limit = connection.require().getMaxPayload();
    if (payload.length > limit) {
      throw ServiceException.of(
          ErrorCode.INTERNAL,
          "a message of the stream has %d bytes (expected: at most %d)"
              .formatted(payload.length, limit));
    }
  }

  /** What cannot be sent ends the stream, since it would be missing from it. */
  private void publish(Headers headers, byte @Nullable [] payload) {
    try {
      Connection up = connection.require();
      up.publish(reader, address, headers, payload);
      sentNanos = System.nanoTime();
    } catch (ServiceException | IllegalStateException e) {
      ServiceException lost = cancelled("the connection to NATS was lost");
      close(new Closing(StreamEnd.CONNECTION_LOST, lost.message(), Optional.of(lost)));
      throw lost;
    }
  }

  @Override
  public boolean isClosed() {
    return closing.get() != null;
  }

  /** The handler has sent all it had. Returns false if the stream was closed before. */
  boolean end() {
    if (!close(new Closing(StreamEnd.COMPLETED, "the stream has ended", Optional.empty()))) {
      return false;
    }
    last(StreamFrame::end, null);
    return true;
  }

  /** Tells the reader of an error. Returns false if the stream was closed before. */
  boolean fail(ServiceException error) {
    return fail(StreamEnd.FAILED, error);
  }

  private boolean fail(StreamEnd end, ServiceException error) {
    if (!close(new Closing(end, "the stream has ended: " + error.message(), Optional.of(error)))) {
      return false;
    }
    last(count -> StreamFrame.failure(count, error), ErrorReply.body(error));
    return true;
  }

  /** Tells the reader that this instance goes away, and stops the handler. */
  void abort(ServiceException error) {
    if (fail(StreamEnd.DRAINED, error)) {
      interruptHandler();
    }
  }

  private void interruptHandler() {
    Thread present = handler;
    if (present != null) {
      present.interrupt();
    }
  }

  private void last(LongFunction<Headers> headers, byte @Nullable [] payload) {
    sending.lock();
    try {
      connection.require().publish(reader, headers.apply(messages), payload);
    } catch (ServiceException | IllegalStateException e) {
      LOG.log(Level.WARNING, "the end of a stream could not be sent; its reader will miss it", e);
    } finally {
      sending.unlock();
    }
  }

  private boolean close(Closing reason) {
    if (!closing.compareAndSet(null, reason)) {
      return false;
    }
    inbox.remove(address);
    meters.ended(reason.end());
    lock.lock();
    try {
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    return true;
  }

  /** Stops the handler; there is nobody to tell. */
  private void cancel(StreamEnd end, String why) {
    if (close(new Closing(end, why, Optional.of(cancelled(why))))) {
      interruptHandler();
    }
  }

  /** What it ended with, unless it ended well or has not ended. */
  Optional<ServiceException> outcome() {
    Closing closed = closing.get();
    return closed == null ? Optional.empty() : closed.error();
  }

  @Override
  public void receive(io.nats.client.Message message) {
    switch (StreamSignal.read(message)) {
      case StreamSignal.Grant(StreamCredit granted) -> grant(granted);
      case StreamSignal.Cancel() ->
          cancel(StreamEnd.CLOSED_BY_READER, "the reader has closed the stream");
      case StreamSignal.ReaderGone() -> cancel(StreamEnd.READER_GONE, "the reader is gone");
      case StreamSignal.Present() -> heardNanos = System.nanoTime();
      case StreamSignal.Foreign() -> {}
    }
    if (message.getReplyTo() != null && !isClosed()) {
      keepAlive();
    }
  }

  private void grant(StreamCredit granted) {
    heardNanos = System.nanoTime();
    lock.lock();
    try {
      credit = credit.max(granted);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void connectionLost() {
    cancel(StreamEnd.CONNECTION_LOST, "the connection to NATS was lost");
  }

  /** Not being permitted to send to the reader is as if it were gone. */
  @Override
  public void denied(String subject, ServiceException error) {
    if (subject.equals(reader)) {
      cancel(StreamEnd.CONNECTION_LOST, error.message());
    }
  }

  /**
   * Called again and again: says that it is still there, and looks whether the reader is. Messages
   * alone do not: a reader answers only some of them, with new credit.
   */
  void sweep(StreamPace pace) {
    long now = System.nanoTime();
    if (now - heardNanos >= pace.silence().toNanos()) {
      cancel(
          StreamEnd.READER_SILENT,
          "nothing was heard of the reader for " + pace.silence().toMillis() + " ms");
    } else if (now - quietSince() >= pace.keepAlive().toNanos()) {
      keepAlive();
    }
  }

  /** Since when one of the two sides has not heard of the other, and was not asked to speak. */
  private long quietSince() {
    long sent = sentNanos;
    long heard = heardNanos;
    long asked = askedNanos;
    long quiet = sent - heard < 0 ? sent : heard;
    return quiet - asked < 0 ? asked : quiet;
  }

  private void keepAlive() {
    try {
      connection.require().publish(reader, address, StreamFrame.alive(), null);
      askedNanos = System.nanoTime();
      sentNanos = askedNanos;
    } catch (ServiceException | IllegalStateException e) {
      cancel(StreamEnd.CONNECTION_LOST, "the connection to NATS was lost");
    }
  }

  private static ServiceException cancelled(String why) {
    return ServiceException.of(ErrorCode.CANCELLED, why);
  }
}
