package io.bodybroker.cli;

import io.bodybroker.auth.AuthModule;
import io.bodybroker.gateway.Gateway;
import io.bodybroker.gateway.config.GatewayConfig;
import io.bodybroker.sdk.config.BusConfig;
import io.bodybroker.sdk.host.ServiceHost;
import io.bodybroker.sdk.host.ServiceModule;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;

/**
 * Everything in this JVM: the services share one host, and so its connections and its health
 * server.
 */
final class OneProcess implements Deployment {
  private final UpOptions options;
  private final Opened opened = new Opened();

  OneProcess(UpOptions options) {
    this.options = options;
  }

  @Override
  public void start() {
    ServiceModule[] modules =
        ServiceLoader.load(ServiceModule.class).stream()
            .map(this::module)
            .toArray(ServiceModule[]::new);
    BusConfig config =
        BusConfig.fromEnvironment().toBuilder()
            .name("bb-up")
            .natsUrls(List.of(options.natsUrl()))
            .redisUrl(options.redisUrl())
            .healthHost("127.0.0.1")
            .healthPort(options.healthPort())
            .build();
    ServiceHost host = ServiceHost.builder(modules).config(config).start();
    opened.add(host);
    opened.add(
        Gateway.start(
            host.bus(),
            GatewayConfig.builder()
                .host("127.0.0.1")
                .drainDelay(Duration.ZERO)
                .port(options.gatewayPort())
                .build()));
  }

  /** Players sign in with tickets of this machine, unless the environment names an issuer. */
  private ServiceModule module(ServiceLoader.Provider<ServiceModule> found) {
    return found.type() == AuthModule.class && System.getenv("AUTH_ISSUER_KEYS") == null
        ? new AuthModule(DevelopmentIssuer.in(options.data()).settings())
        : found.get();
  }

  /** What cannot start throws, and what runs here ends with this process. */
  @Override
  public Optional<String> failure() {
    return Optional.empty();
  }

  @Override
  public void close() {
    opened.close();
  }
}
