package io.bodybroker.sdk.host;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

/** What a platform sees of a host. Each look also checks that the process is alive. */
public final class HealthPages implements AutoCloseable {
  private final HttpClient http = HttpClient.newHttpClient();
  private final ServiceHost host;

  public HealthPages(ServiceHost host) {
    this.host = host;
  }

  /** The status of {@code /health/ready}. */
  public int ready() throws IOException, InterruptedException {
    int alive = get("/health").statusCode();
    if (alive != 200) {
      throw new IllegalStateException("/health answered " + alive);
    }
    return get("/health/ready").statusCode();
  }

  /** What {@code /health/ready} says. */
  public String reasons() throws IOException, InterruptedException {
    return get("/health/ready").body();
  }

  /** {@code /metrics}. */
  public String metrics() throws IOException, InterruptedException {
    return get("/metrics").body();
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    var uri = URI.create("http://127.0.0.1:" + host.healthPort() + path);
    return http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
  }

  @Override
  public void close() {
    http.close();
  }
}
