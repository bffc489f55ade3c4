package io.bodybroker.sdk.event;

import io.bodybroker.testkit.NatsCluster;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Where a message is checked when it is applied, not when it comes. */
class FeedChainInAClusterTest extends FeedChainContract {
  private final NatsCluster cluster = NatsCluster.start(3);

  @BeforeEach
  void connect() throws Exception {
    connect(cluster.url());
  }

  @AfterEach
  void stop() {
    cluster.close();
  }
}
