package io.bodybroker.sdk.rpc;

import io.bodybroker.sdk.connection.ConnectionState;
import io.bodybroker.sdk.connection.SupervisedConnection;
import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.sdk.internal.Deliveries;
import io.nats.client.Connection;
import io.nats.client.Message;
import io.nats.client.NUID;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Addresses at which this process can be answered, all under one wildcard subscription of a
 * connection. Messages come on the thread that reads it or on the subscription's: receivers hand
 * over and do not block. Thread-safe.
 */
final class Inbox {
  /** Who is behind an address. */
  interface Receiver {
    /** A message has come. */
    void receive(Message message);

    /** Whether {@link #take} takes any, before anything is copied for it. */
    default boolean takesAtOnce() {
      return false;
    }

    /**
     * Takes a message on the thread that reads the connection, where nothing may block, or leaves
     * it to {@link #receive}. So messages may overtake each other here.
     */
    default boolean take(Message message) {
      return false;
    }

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

  private static final int NAME_LENGTH = 12;

  private final String prefix;
  private final SendClock clock;
  private final Map<String, Receiver> receivers = new ConcurrentHashMap<>();
  private final Consumer<Message> strays;
  private final Deliveries.Receiver atOnce =
      new Deliveries.Receiver() {
        @Override
        public boolean wants(String subject) {
          Receiver receiver = receivers.get(subject);
          return receiver != null && receiver.takesAtOnce();
        }

        @Override
        public boolean take(Message message) {
          return Inbox.this.take(message);
        }
      };

  /**
   * An inbox on a connection.
   *
   * @param strays gets what comes for an address that was removed
   */
  Inbox(SupervisedConnection connection, Consumer<Message> strays) {
    this.prefix = connection.inboxPrefix() + newName() + ".";
    this.clock = new SendClock(prefix);
    this.strays = strays;
    connection.onEstablished(this::subscribe);
    connection.onStateChange(this::onStateChange);
    connection.onDenied(this::onDenied);
  }

  /**
   * The random half of an id: 71 bits, which nobody has drawn before. The other half counts, which
   * addresses do themselves; and an address is written and read eight times for each call.
   */
  private static String newName() {
    return new NUID().next().substring(0, NAME_LENGTH);
  }

  private void subscribe(Connection fresh) {
    var deliveries = Deliveries.of(fresh);
    fresh
        .createDispatcher(message -> {
          deliveries.learn(message, atOnce);
          onMessage(message);
        })
        .subscribe(prefix + "*");
  }

  /** Takes what a receiver may have at once. */
  private boolean take(Message message) {
    Receiver receiver = receivers.get(message.getSubject());
    return receiver != null && receiver.take(message);
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

  /** A new address for a receiver: a subject, to be sent at once, for it says when it was made. */
  String add(Receiver receiver) {
    String address = newAddress();
    add(address, receiver);
    return address;
  }

  /** As {@link #add(Receiver)}, for a receiver that knows its address before anything comes. */
  void add(String address, Receiver receiver) {
    receivers.put(address, receiver);
  }

  /** An address for {@link #add(String, Receiver)}. */
  String newAddress() {
    return clock.now().address();
  }

  /** The clock that addresses tell. */
  SendClock clock() {
    return clock;
  }

  /** Who is behind the addresses now. */
  Iterable<Receiver> receivers() {
    return receivers.values();
  }

  /** Gives an address up. */
  void remove(String address) {
    receivers.remove(address);
  }
}
