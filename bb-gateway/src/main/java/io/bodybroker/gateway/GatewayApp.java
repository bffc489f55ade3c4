package io.bodybroker.gateway;

import io.bodybroker.gateway.config.GatewayConfig;
import io.bodybroker.sdk.Bus;
import io.bodybroker.sdk.config.BusConfig;
import io.bodybroker.sdk.health.HealthServer;
import io.bodybroker.sdk.host.HostProcess;
import java.lang.System.Logger.Level;

/**
 * The gateway as a program of its own: configured from the environment, with a health port beside
 * its own, until SIGTERM; see {@link HostProcess} for how it ends.
 */
public final class GatewayApp implements AutoCloseable {
  private static final String STANDARD_NAME = BusConfig.builder().build().name();

  private final Bus bus;
  private final Gateway gateway;
  private final HealthServer healthServer;

  private GatewayApp(BusConfig config, GatewayConfig gatewayConfig) {
    this.bus = Bus.connect(config);
    try {
      this.gateway = Gateway.start(bus, gatewayConfig);
    } catch (RuntimeException e) {
      bus.close();
      throw e;
    }
    try {
      this.healthServer = HealthServer.start(config, gateway.health(), bus.metrics());
    } catch (RuntimeException e) {
      gateway.close();
      bus.close();
      throw e;
    }
  }

  /** Runs it. */
  public static void main(String[] args) {
    HostProcess.run(args, GatewayApp::start);
  }

  private static GatewayApp start() {
    var app = new GatewayApp(named(BusConfig.fromEnvironment()), GatewayConfig.fromEnvironment());
    System.getLogger(GatewayApp.class.getName())
        .log(Level.INFO, "listening on port {0}", String.valueOf(app.gateway.port()));
    return app;
  }

  private static BusConfig named(BusConfig config) {
    return config.name().equals(STANDARD_NAME)
        ? config.toBuilder().name("gateway").build()
        : config;
  }

  @Override
  public void close() {
    gateway.close();
    bus.close();
    healthServer.close();
  }
}
