package io.bodybroker.gateway;

import io.bodybroker.testkit.NatsServer;
import io.bodybroker.testkit.TestServers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Tests of a gateway with a real service over a real nats-server, asked by real HTTP clients. */
@TestServers(jetStream = false)
abstract class WithLibrary {
  static RunningGateway running;

  @BeforeAll
  static void start(NatsServer nats) {
    running = RunningGateway.start(nats.url()).serve();
  }

  @AfterAll
  static void stop() throws Exception {
    running.close();
  }
}
