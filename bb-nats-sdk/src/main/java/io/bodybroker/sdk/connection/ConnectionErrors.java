package io.bodybroker.sdk.connection;

import io.bodybroker.sdk.internal.Deliveries;
import io.bodybroker.sdk.internal.DeniedSubjects;
import io.bodybroker.sdk.internal.DeniedSubjects.Denial;
import io.bodybroker.sdk.internal.DirectWriter;
import io.bodybroker.sdk.internal.ObservedSocket;
import io.bodybroker.sdk.internal.Pings;
import io.nats.client.Connection;
import io.nats.client.ErrorListener;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Makes what jnats reports on the side visible: slow consumers and refused permissions reach nobody
 * else.
 */
final class ConnectionErrors
    implements ErrorListener,
        ObservedSocket.Observer,
        Deliveries.Holder,
        DirectWriter.Holder,
        DeniedSubjects.Holder,
        Pings.Holder {
  private static final Logger LOG = System.getLogger(SupervisedConnection.class.getName());

  private static final int MOST_SUBJECTS = 100;
  private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final String name;
  private final Consumer<Exception> exceptions;
  private final Consumer<Denial> denials;
  private final DeniedSubjects denied = new DeniedSubjects();
  private final Deliveries deliveries = new Deliveries();
  private final DirectWriter directWriter = new DirectWriter();
  private final Pings pings = new Pings();

  /** A call that is refused is so each time, and one line tells as much as a million. */
  private final Set<String> subjectsTold = ConcurrentHashMap.newKeySet();

  private final AtomicLong nextLineNanos = new AtomicLong(System.nanoTime());

  /**
   * @param exceptions is told of those that jnats does not throw at anybody
   * @param denials is told of what the server does not permit
   */
  ConnectionErrors(String name, Consumer<Exception> exceptions, Consumer<Denial> denials) {
    this.name = name;
    this.denials = denials;
    this.exceptions = exceptions;
  }

  @Override
  public void errorOccurred(Connection connection, String error) {
    Optional<Denial> denial = DeniedSubjects.parse(error);
    if (denial.isEmpty()) {
      LOG.log(Level.WARNING, "connection {0}: server says: {1}", name, error);
      return;
    }
    denied.note(denial.get());
    denials.accept(denial.get());
    boolean isNews = subjectsTold.size() < MOST_SUBJECTS && subjectsTold.add(error);
    LOG.log(isNews ? Level.WARNING : Level.DEBUG, "connection {0}: server says: {1}", name, error);
  }

  @Override
  public void exceptionOccurred(Connection connection, Exception exception) {
    LOG.log(Level.DEBUG, "connection " + name, exception);
    exceptions.accept(exception);
  }

  @Override
  public DeniedSubjects denied() {
    return denied;
  }

  @Override
  public Deliveries deliveries() {
    return deliveries;
  }

  @Override
  public DirectWriter directWriter() {
    return directWriter;
  }

  @Override
  public Pings pings() {
    return pings;
  }

  @Override
  public void readFailed(IOException failure) {
    exceptions.accept(failure);
  }

  /**
   * jnats tells of each time that a queue was full, hundreds of times a second in a flood; one line
   * a second, with the number so far, says as much.
   */
  @Override
  public void slowConsumerDetected(Connection connection, io.nats.client.Consumer consumer) {
    long now = System.nanoTime();
    long next = nextLineNanos.get();
    if (now - next < 0 || !nextLineNanos.compareAndSet(next, now + PAUSE_NANOS)) {
      return;
    }
    LOG.log(
        Level.ERROR,
        "connection {0}: slow consumer, {1} messages dropped so far",
        name,
        consumer.getDroppedCount());
  }
}
