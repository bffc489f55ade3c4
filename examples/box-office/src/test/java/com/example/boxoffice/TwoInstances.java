package com.example.boxoffice;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.boxoffice.v1.BoxOfficeClient;
import io.bodybroker.sdk.Bus;
import io.bodybroker.sdk.config.BusConfig;
import io.bodybroker.sdk.host.ServiceHost;
import io.bodybroker.testkit.NatsServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The service as it runs in production, twice, and a caller; for one test. */
final class TwoInstances implements AutoCloseable {
  static final Duration BOUND = Duration.ofSeconds(30);

  private final List<ServiceHost> hosts = new ArrayList<>();
  private final Bus bus;

  private TwoInstances(BusConfig config) throws InterruptedException {
    for (int i = 0; i < 2; i++) {
      hosts.add(ServiceHost.start(new BoxOfficeModule(), config));
    }
    for (ServiceHost host : hosts) {
      assertThat(host.awaitReady(BOUND)).as("ready").isTrue();
    }
    bus = Bus.connect(config);
    assertThat(bus.awaitConnected(BOUND)).as("connected").isTrue();
  }

  static TwoInstances on(NatsServer nats) throws InterruptedException {
    return new TwoInstances(
        BusConfig.builder()
            .natsUrls(List.of(nats.url()))
            .healthHost("127.0.0.1")
            .healthPort(0)
            .callTimeout(Duration.ofSeconds(10))
            .build());
  }

  Bus bus() {
    return bus;
  }

  BoxOfficeClient client() {
    return BoxOfficeClient.on(bus);
  }

  /** Ends one of them as a deployment does. */
  void stopOne() {
    hosts.removeFirst().close();
  }

  @Override
  public void close() {
    bus.close();
    hosts.forEach(ServiceHost::close);
  }
}
