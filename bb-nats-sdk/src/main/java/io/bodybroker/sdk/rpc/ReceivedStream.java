package io.bodybroker.sdk.rpc;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.bodybroker.sdk.connection.SupervisedConnection;
import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.ErrorOrigin;
import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.sdk.internal.DirectMessage;
import io.bodybroker.sdk.telemetry.Observation;
import io.nats.client.impl.Headers;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One stream being read. Whoever brings messages puts them into a queue, which their writer's
 * credit bounds; the reader takes them out and grants new credit as it goes.
 *
 * <p>A writer that is silent for longer than its keep-alives are apart is asked whether it is
 * there, by the reader while it waits: if its process is gone, NATS answers at once in its place.
 *
 * @param <R> the response
 */
final class ReceivedStream<R extends Message> implements ResponseStream<R>, Inbox.Receiver {
  private static final Logger LOG = System.getLogger(RpcClient.class.getName());

  /** How it ended: well, or with an error. */
  private record Ending(Optional<ServiceException> error) {}

  private final RpcMethod<?, R> method;
  private final SupervisedConnection connection;
  private final Inbox inbox;
  private final StreamPace pace;
  private final String address;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final ReceivedMessages messages;
  private boolean isOpen;
  private @Nullable String writer;
  private @Nullable Ending ending;
  private @Nullable Observation observation;
  private long heardNanos = System.nanoTime();

  /** A stream at an address of its own, to which nothing has been asked yet. */
  ReceivedStream(
      RpcMethod<?, R> method, SupervisedConnection connection, Inbox inbox, StreamPace pace) {
    this.method = method;
    this.connection = connection;
    this.inbox = inbox;
    this.pace = pace;
    this.messages = new ReceivedMessages(pace.window());
    this.address = inbox.add(this);
  }

  /** The subject it reads from. */
  String address() {
    return address;
  }

  /**
   * Waits until the request is being served.
   *
   * @throws ServiceException if it is not, or not in time
   */
  void awaitOpen(Duration timeout) {
    if (!await(() -> isOpen || ending != null, Deadlines.after(timeout))) {
      throw error(
          ErrorCode.DEADLINE_EXCEEDED,
          "no answer from %s within %d ms".formatted(method, timeout.toMillis()),
          true);
    }
    lock.lock();
    try {
      if (!isOpen && ending != null) {
        throw ending.error().orElseGet(() -> missing(0));
      }
    } finally {
      lock.unlock();
    }
  }

  /** Ends the observation when the stream ends. */
  void observedBy(Observation observer) {
    Ending ended;
    lock.lock();
    try {
      observation = observer;
      ended = ending;
    } finally {
      lock.unlock();
    }
    if (ended != null) {
      tell(observer, ended);
    }
  }

  private static void tell(Observation observer, Ending ending) {
    ending.error().ifPresentOrElse(observer::fail, observer::succeed);
  }

  @Override
  public Optional<R> next() {
    ByteString payload = nextPayload();
    return payload == null ? Optional.empty() : Optional.of(parse(payload));
  }

  /** Null at a clean end. */
  private @Nullable ByteString nextPayload() {
    while (true) {
      ByteString payload;
      StreamCredit grant;
      lock.lock();
      try {
        payload = messages.poll();
        if (payload == null && ending != null) {
          failure()
              .ifPresent(error -> {
                throw error;
              });
          return null;
        }
        grant = payload != null && ending == null ? messages.grant() : null;
      } finally {
        lock.unlock();
      }
      if (grant != null) {
        signal(StreamSignal.grant(grant), null);
      }
      if (payload != null) {
        return payload;
      }
      awaitNext(Deadlines.NEVER);
    }
  }

  @SuppressWarnings("unchecked") // a message's parser makes messages of its own type
  private R parse(ByteString payload) {
    try {
      return (R) method.responseDefault().getParserForType().parseFrom(payload);
    } catch (InvalidProtocolBufferException e) {
      String type = method.responseDefault().getDescriptorForType().getFullName();
      var error =
          error(ErrorCode.INTERNAL, "a message of " + method + " is not a " + type, true)
              .toBuilder()
              .cause(e)
              .build();
      stop(error);
      throw error;
    }
  }

  @Override
  public boolean awaitNext(Duration timeout) {
    long deadline = Deadlines.after(timeout);
    while (true) {
      long lookAgain = Deadlines.after(pace.keepAlive());
      if (await(this::hasNext, deadline - lookAgain < 0 ? deadline : lookAgain)) {
        return true;
      }
      if (deadline - System.nanoTime() <= 0) {
        return false;
      }
      lookAfterWriter();
    }
  }

  private boolean hasNext() {
    return !messages.isAllRead() || ending != null;
  }

  private boolean await(BooleanSupplier condition, long deadline) {
    lock.lock();
    try {
      long left = deadline - System.nanoTime();
      while (!condition.getAsBoolean() && left > 0) {
        left = changed.awaitNanos(left);
      }
      return condition.getAsBoolean();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw error(ErrorCode.CANCELLED, "interrupted while waiting for " + method, true);
    } finally {
      lock.unlock();
    }
  }

  private void lookAfterWriter() {
    Duration silent;
    lock.lock();
    try {
      silent = Duration.ofNanos(System.nanoTime() - heardNanos);
    } finally {
      lock.unlock();
    }
    if (silent.compareTo(pace.silence()) >= 0) {
      stop(
          error(
              ErrorCode.UNAVAILABLE,
              "nothing was heard of %s for %d ms".formatted(method, silent.toMillis()),
              true));
    } else if (silent.compareTo(pace.keepAlive().multipliedBy(2)) >= 0) {
      signal(StreamSignal.present(), address);
    }
  }

  /** The error that {@link #next} would throw now, if it would. */
  Optional<ServiceException> failure() {
    lock.lock();
    try {
      return messages.isAllRead() && ending != null ? ending.error() : Optional.empty();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void receive(io.nats.client.Message message) {
    StreamFrame frame = StreamFrame.read(message);
    heard(message);
    switch (frame) {
      case StreamFrame.Open() -> wake();
      case StreamFrame.Alive() -> signal(StreamSignal.present(), null);
      case StreamFrame.Data(long sequence, ByteString payload) -> add(sequence, payload);
      case StreamFrame.End(long count) -> end(count);
      case StreamFrame.Failure(long count, ServiceException error) -> end(Optional.of(error));
      case StreamFrame.NobodyListens() -> stop(nobodyListens());
      case StreamFrame.Foreign(String what) ->
          stop(error(ErrorCode.INTERNAL, method + " answered with " + what, true));
    }
  }

  private void heard(io.nats.client.Message message) {
    lock.lock();
    try {
      heardNanos = System.nanoTime();
      if (message.getReplyTo() != null) {
        writer = message.getReplyTo();
        isOpen = true;
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public boolean takesAtOnce() {
    return true;
  }

  /**
   * That it is open, and messages in order: whatever one of them has to wait for comes through
   * {@link #receive}, and so do those behind it.
   */
  @Override
  public boolean take(io.nats.client.Message message) {
    return message instanceof DirectMessage direct
        && (StreamFrame.isPlainOpen(direct) ? takeOpen(direct) : takeNext(direct));
  }

  private boolean takeOpen(DirectMessage message) {
    if (message.getReplyTo() == null) {
      return false;
    }
    heard(message);
    wake();
    return true;
  }

  private boolean takeNext(DirectMessage message) {
    long sequence = StreamFrame.plainSequence(message);
    lock.lock();
    try {
      if (!isOpen || ending != null || !isDue(sequence) || !messages.isNextGranted()) {
        return false;
      }
      heardNanos = System.nanoTime();
      add(StreamFrame.payload(message));
      return true;
    } finally {
      lock.unlock();
    }
  }

  private boolean isDue(long sequence) {
    return sequence == messages.count() + 1;
  }

  private void add(ByteString payload) {
    messages.add(payload);
    changed.signalAll();
  }

  private void wake() {
    lock.lock();
    try {
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void add(long sequence, ByteString payload) {
    ServiceException refusal;
    lock.lock();
    try {
      if (!isDue(sequence)) {
        refusal = missing(sequence);
      } else if (!messages.isNextGranted()) {
        refusal =
            error(
                ErrorCode.INTERNAL,
                "%s sent message %d beyond its credit (%s)"
                    .formatted(method, sequence, messages.granted()),
                true);
      } else {
        add(payload);
        return;
      }
    } finally {
      lock.unlock();
    }
    stop(refusal);
  }

  private void end(long count) {
    boolean isComplete;
    lock.lock();
    try {
      isComplete = count == messages.count();
    } finally {
      lock.unlock();
    }
    end(isComplete ? Optional.empty() : Optional.of(missing(count)));
  }

  private ServiceException missing(long sequence) {
    return error(
        ErrorCode.UNAVAILABLE,
        "message %d of %s came when number %d was due"
            .formatted(sequence, method, messages.count() + 1),
        true);
  }

  private ServiceException nobodyListens() {
    lock.lock();
    try {
      return isOpen
          ? error(ErrorCode.UNAVAILABLE, "the instance that served " + method + " is gone", true)
          : error(
              ErrorCode.UNAVAILABLE,
              "nobody serves %s (subject %s)".formatted(method, method.subject()),
              false);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void connectionLost() {
    end(
        Optional.of(
            error(ErrorCode.UNAVAILABLE, "connection to NATS lost while reading " + method, true)));
  }

  @Override
  public void denied(String subject, ServiceException error) {
    if (subject.equals(method.subject())) {
      end(Optional.of(error));
    }
  }

  /** Ends it on this side, and tells the writer. */
  private void stop(ServiceException error) {
    if (end(Optional.of(error))) {
      signal(StreamSignal.cancel(), null);
    }
  }

  /** Returns whether it had not ended before. */
  private boolean end(Optional<ServiceException> error) {
    inbox.remove(address);
    var ended = new Ending(error);
    Observation observer;
    lock.lock();
    try {
      if (ending != null) {
        return false;
      }
      ending = ended;
      observer = observation;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    if (observer != null) {
      tell(observer, ended);
    }
    return true;
  }

  @Override
  public void close() {
    stop(error(ErrorCode.CANCELLED, "the stream of " + method + " was closed", true));
    lock.lock();
    try {
      messages.clear();
    } finally {
      lock.unlock();
    }
  }

  /**
   * If the connection does not take it, it is being lost, and that ends the stream.
   *
   * @param replyTo for who wants an answer
   */
  private void signal(Headers headers, @Nullable String replyTo) {
    String to;
    lock.lock();
    try {
      to = writer;
    } finally {
      lock.unlock();
    }
    if (to == null) {
      return;
    }
    try {
      connection.require().publish(to, replyTo, headers, null);
    } catch (ServiceException | IllegalStateException e) {
      LOG.log(Level.DEBUG, "a signal to the writer of " + method + " was not sent", e);
    }
  }

  private static ServiceException error(ErrorCode code, String message, boolean mayHaveExecuted) {
    return ServiceException.builder(code, message)
        .origin(ErrorOrigin.CLIENT)
        .mayHaveExecuted(mayHaveExecuted)
        .build();
  }
}
