package io.bodybroker.bench.ends;

import io.bodybroker.bench.load.Service;
import io.bodybroker.sdk.Bus;
import io.bodybroker.sdk.config.BusConfig;
import io.bodybroker.sdk.host.ServiceHost;
import io.bodybroker.sdk.host.ServiceModule;
import io.opentelemetry.api.OpenTelemetry;
import java.time.Duration;
import java.util.List;

/**
 * Both ends by the SDK with its defaults, but for how many calls may be under way: a call that is
 * refused is none that can be measured.
 */
public final class SdkEnds {
  /** So many calls may be under way at either end. */
  public static final int MORE_THAN_ANY_WINDOW = 4_096;

  private static final Duration BOUND = Duration.ofSeconds(60);

  private SdkEnds() {}

  /** Serves; returns when it is ready. */
  public static Service.Server serve(
      String natsUrl, ServiceModule module, OpenTelemetry openTelemetry)
      throws InterruptedException {
    var config =
        BusConfig.builder()
            .name("bench")
            .natsUrls(List.of(natsUrl))
            .healthHost("127.0.0.1")
            .healthPort(0)
            .serveMaxConcurrency(MORE_THAN_ANY_WINDOW)
            .build();
    ServiceHost host =
        ServiceHost.builder(module).config(config).openTelemetry(openTelemetry).start();
    if (!host.awaitReady(BOUND)) {
      host.close();
      throw new IllegalStateException("not ready after " + BOUND);
    }
    return Service.Server.of(natsUrl, host);
  }

  /** A bus to call on; returns when it is connected. */
  public static Bus connect(String natsUrl, OpenTelemetry openTelemetry)
      throws InterruptedException {
    var config =
        BusConfig.builder()
            .name("bench")
            .natsUrls(List.of(natsUrl))
            .callMaxConcurrency(MORE_THAN_ANY_WINDOW)
            .build();
    return connected(Bus.connect(config, openTelemetry), natsUrl);
  }

  /** The bus, once it is connected; closed if it cannot be. */
  public static Bus connected(Bus bus, String natsUrl) throws InterruptedException {
    if (!bus.awaitConnected(BOUND)) {
      bus.close();
      throw new IllegalStateException("no connection to " + natsUrl + " after " + BOUND);
    }
    return bus;
  }
}
