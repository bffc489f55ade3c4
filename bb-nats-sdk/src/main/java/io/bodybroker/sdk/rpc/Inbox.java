package io.bodybroker.sdk.rpc;

import io.bodybroker.sdk.connection.ConnectionState;
import io.bodybroker.sdk.connection.SupervisedConnection;
import io.bodybroker.sdk.error.ServiceException;
import io.nats.client.Connection;
import io.nats.client.Message;
import io.nats.client.NUID;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Addresses at which this process can be answered, all under one wildcard subscription of a
 * connection, and so on one thread: receivers hand over and do not block. Thread-safe.
 */
final class Inbox {
  /** Who is behind an address. */
  interface Receiver {
    /** A message has come. */
    void receive(Message message);

    /**
     * The connection was lost, and what was under way may have gone with it. The address stays
     * until it is removed.
     */
    void connectionLost();

    /**
     * What was asked on a subject was not permitted.
     *
     * @param subject of any request of this connection
     */
    void denied(String subject, ServiceException error);
  }

  private final String prefix;
  private final AtomicLong tokens = new AtomicLong();
  private final Map<String, Receiver> receivers = new ConcurrentHashMap<>();
  private final Consumer<Message> strays;

  /**
   * An inbox on a connection.
   *
   * @param strays gets what comes for an address that was removed
   */
  Inbox(SupervisedConnection connection, Consumer<Message> strays) {
    this.prefix = connection.inboxPrefix() + NUID.nextGlobal() + ".";
    this.strays = strays;
    connection.onEstablished(this::subscribe);
    connection.onStateChange(this::onStateChange);
    connection.onDenied(this::onDenied);
  }

  private void subscribe(Connection fresh) {
    fresh.createDispatcher(this::onMessage).subscribe(prefix + "*");
  }

  private void onMessage(Message message) {
    Receiver receiver = receivers.get(message.getSubject());
    if (receiver == null) {
      strays.accept(message);
    } else {
      receiver.receive(message);
    }
  }

  private void onDenied(boolean publish, String subject, ServiceException error) {
    if (publish) {
      receivers.values().forEach(receiver -> receiver.denied(subject, error));
    }
  }

  private void onStateChange(ConnectionState state) {
    if (state != ConnectionState.UP) {
      // Each receiver is removed by who added it.
      receivers.values().forEach(Receiver::connectionLost);
    }
  }

  /** A new address for a receiver: a subject. */
  String add(Receiver receiver) {
    String address = prefix + Long.toString(tokens.incrementAndGet(), Character.MAX_RADIX);
    receivers.put(address, receiver);
    return address;
  }

  /** Gives an address up. */
  void remove(String address) {
    receivers.remove(address);
  }
}
