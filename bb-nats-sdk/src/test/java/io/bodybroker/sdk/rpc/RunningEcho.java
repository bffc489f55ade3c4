package io.bodybroker.sdk.rpc;

import io.bodybroker.sdk.Bus;
import io.bodybroker.sdk.config.BusConfig;
import io.bodybroker.sdk.host.ServiceHost;
import io.bodybroker.sdk.host.ServiceModule;
import io.bodybroker.sdk.test.v1.EchoClient;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;

/** A host that serves, and a bus of another process, as far as NATS can tell. */
final class RunningEcho implements AutoCloseable {
  private static final Duration BOUND = Duration.ofSeconds(20);

  private final ServiceHost host;
  private final Bus bus;

  private RunningEcho(ServiceHost host, Bus bus) {
    this.host = host;
    this.bus = bus;
  }

  static RunningEcho start(String natsUrl, RpcService service) throws InterruptedException {
    return start(natsUrl, context -> context.serve(service), config -> config);
  }

  static RunningEcho start(
      String natsUrl, ServiceModule module, UnaryOperator<BusConfig.Builder> settings)
      throws InterruptedException {
    BusConfig config = settings.apply(config(natsUrl)).build();
    var running =
        new RunningEcho(ServiceHost.start(module, config), Bus.connect(config(natsUrl).build()));
    if (!running.host.awaitReady(BOUND) || !running.bus.awaitConnected(BOUND)) {
      running.close();
      throw new AssertionError("not ready within " + BOUND);
    }
    return running;
  }

  static BusConfig.Builder config(String natsUrl) {
    return BusConfig.builder()
        .natsUrls(List.of(natsUrl))
        .natsReconnectWait(Duration.ofMillis(10))
        .healthHost("127.0.0.1")
        .healthPort(0);
  }

  ServiceHost host() {
    return host;
  }

  Bus bus() {
    return bus;
  }

  EchoClient client() {
    return EchoClient.on(bus);
  }

  @Override
  public void close() {
    bus.close();
    host.close();
  }
}
