package io.bodybroker.sdk.event;

import io.bodybroker.testkit.NatsServer;
import io.bodybroker.testkit.TestServers;
import org.junit.jupiter.api.BeforeEach;

@TestServers(scope = TestServers.Scope.METHOD)
class FeedChainTest extends FeedChainContract {
  @BeforeEach
  void connect(NatsServer nats) throws Exception {
    connect(nats.url());
  }
}
