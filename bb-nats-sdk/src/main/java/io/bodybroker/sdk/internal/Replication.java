package io.bodybroker.sdk.internal;

import io.nats.client.Connection;

/** How many replicas a stream gets when it is made. */
public final class Replication {
  /** {@code store.replicas}: as many as a majority needs if there is a cluster, else one. */
  public static final int AS_THE_CLUSTER_ALLOWS = 0;

  private static final int IN_A_CLUSTER = 3;

  private Replication() {}

  /** The number, given what is configured and which server we are connected to. */
  public static int of(int configured, Connection connection) {
    if (configured != AS_THE_CLUSTER_ALLOWS) {
      return configured;
    }
    String cluster = connection.getServerInfo().getCluster();
    return cluster == null || cluster.isEmpty() ? 1 : IN_A_CLUSTER;
  }

  /**
   * Checks a setting.
   *
   * @throws IllegalArgumentException if it is none of 0, 1, 3 and 5
   */
  public static int require(int configured) {
    if (configured != AS_THE_CLUSTER_ALLOWS
        && configured != 1
        && configured != 3
        && configured != 5) {
      throw new IllegalArgumentException(
          "replicas: " + configured + " (expected: 1, 3 or 5, or 0 for what the cluster allows)");
    }
    return configured;
  }
}
