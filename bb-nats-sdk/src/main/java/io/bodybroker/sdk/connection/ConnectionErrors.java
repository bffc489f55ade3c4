package io.bodybroker.sdk.connection;

import io.nats.client.Connection;
import io.nats.client.Consumer;
import io.nats.client.ErrorListener;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/**
 * Makes what jnats reports on the side visible: slow consumers and refused permissions reach nobody
 * else.
 */
final class ConnectionErrors implements ErrorListener {
  private static final Logger LOG = System.getLogger(SupervisedConnection.class.getName());

  private final String name;

  ConnectionErrors(String name) {
    this.name = name;
  }

  @Override
  public void errorOccurred(Connection connection, String error) {
    LOG.log(Level.WARNING, "connection {0}: server says: {1}", name, error);
  }

  @Override
  public void exceptionOccurred(Connection connection, Exception exception) {
    LOG.log(Level.DEBUG, "connection " + name, exception);
  }

  @Override
  public void slowConsumerDetected(Connection connection, Consumer consumer) {
    LOG.log(
        Level.ERROR,
        "connection {0}: slow consumer, {1} messages dropped",
        name,
        consumer.getDroppedCount());
  }
}
