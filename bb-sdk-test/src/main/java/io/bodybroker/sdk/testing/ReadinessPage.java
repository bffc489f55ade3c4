package io.bodybroker.sdk.testing;

import io.bodybroker.sdk.config.BusConfig;
import io.bodybroker.sdk.host.ServiceHost;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Why an instance is not ready, as it tells everybody. */
final class ReadinessPage {
  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  private ReadinessPage() {}

  static String of(BusConfig config, ServiceHost host) {
    var page =
        URI.create("http://%s:%d/health/ready".formatted(config.healthHost(), host.healthPort()));
    try (var http = HttpClient.newHttpClient()) {
      var request = HttpRequest.newBuilder(page).timeout(TIMEOUT).build();
      return http.send(request, BodyHandlers.ofString()).body();
    } catch (IOException e) {
      return page + " does not answer: " + e;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "nothing, since it was interrupted";
    }
  }
}
