package io.bodybroker.sdk.connection;

/** What a connection is for, and so how it behaves when the server goes away. */
public enum ConnectionRole {
  /** Subscriptions we serve, and the replies to them. Repaired in place: jnats subscribes again. */
  SERVE(true),
  /**
   * Requests we make, their replies, and events. Replaced, never repaired: what jnats still had
   * queued goes with the old connection, so a request its caller has given up never runs after a
   * reconnect.
   */
  CALL(false),
  /** JetStream: documents and their watches. Repaired in place, so that watches go on. */
  STORE(true);

  private final boolean repaired;

  ConnectionRole(boolean repaired) {
    this.repaired = repaired;
  }

  boolean isRepaired() {
    return repaired;
  }
}
