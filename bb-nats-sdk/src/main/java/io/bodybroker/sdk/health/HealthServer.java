package io.bodybroker.sdk.health;

import io.bodybroker.sdk.config.BusConfig;
import io.bodybroker.sdk.metrics.Metrics;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import java.time.Duration;

/**
 * The small web server that says how a process is: up before NATS is, and until the process ends.
 * Its port is for the platform and for operators, not for clients.
 */
public final class HealthServer implements AutoCloseable {
  private static final int MAX_CONNECTIONS = 64;
  private static final long MAX_PAYLOAD = 1024;

  private final WebServer server;

  private HealthServer(WebServer server) {
    this.server = server;
  }

  /**
   * Starts it.
   *
   * @param metrics shown at {@code /metrics}, with those of health and of the process
   * @throws IllegalStateException if its port is taken, naming the port and the setting
   */
  public static HealthServer start(BusConfig config, HealthChecks checks, Metrics metrics) {
    metrics.whenRead(() -> register(metrics, config, checks));
    var server =
        WebServer.builder()
            .host(config.healthHost())
            .port(config.healthPort())
            .shutdownHook(false)
            .shutdownGracePeriod(Duration.ofSeconds(1))
            .maxTcpConnections(MAX_CONNECTIONS)
            .maxPayloadSize(MAX_PAYLOAD)
            // Looking for what may extend the server is a tenth of a start; this one is as it is.
            .featuresDiscoverServices(false)
            .protocolsDiscoverServices(false)
            .concurrencyLimitDiscoverServices(false)
            .mediaContext(media -> media.mediaSupportsDiscoverServices(false))
            .contentEncoding(encoding -> encoding.contentEncodingsDiscoverServices(false))
            .addConnectionSelector(
                Http1ConnectionSelector.builder().config(Http1Config.create()).build())
            .routing(routing ->
                routing
                    .register("/health", new HealthRoutes(checks))
                    .register("/metrics", new MetricsRoutes(metrics)))
            .build();
    server.start();
    if (!server.isRunning()) { // start() throws nothing; Helidon has logged the cause
      throw new IllegalStateException(
          "port %d, wanted for health checks, cannot be had on %s; HEALTH_PORT chooses another"
              .formatted(config.healthPort(), config.healthHost()));
    }
    return new HealthServer(server);
  }

  private static void register(Metrics metrics, BusConfig config, HealthChecks checks) {
    HealthMeters.register(metrics, config, checks);
    ProcessMeters.register(metrics);
  }

  /** The port it listens on. */
  public int port() {
    return server.port();
  }

  @Override
  public void close() {
    server.stop();
  }
}
