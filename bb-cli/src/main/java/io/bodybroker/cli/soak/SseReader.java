package io.bodybroker.cli.soak;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads a stream of server-sent events at a gateway as a browser does: when it ends, it waits as
 * long as the gateway said, and goes on after the last event it has, at a gateway that is ready.
 */
final class SseReader implements AutoCloseable {
  /** Gateways write something every 10 s ({@code gateway.stream-keep-alive}). */
  private static final Duration SILENCE = Duration.ofSeconds(15);

  private static final int TRIES = 20;

  private final Sightings sightings;
  private final Balancer balancer;
  private final String path;
  private final Function<String, OptionalLong> number;
  private String lastId = "";
  private Duration retry = Duration.ofSeconds(1);
  private volatile boolean isClosed;
  private volatile @Nullable HttpURLConnection connection;

  /**
   * Begins to read.
   *
   * @param number of an event's data; empty if it tells of nothing that was written
   */
  SseReader(
      Sightings sightings, Balancer balancer, String path, Function<String, OptionalLong> number) {
    this.sightings = sightings;
    this.balancer = balancer;
    this.path = path;
    this.number = number;
    Thread.ofVirtual().name("soak-events").start(this::run);
  }

  private void run() {
    for (int failures = 0; !isClosed && failures < TRIES; ) {
      try {
        read();
        failures = 0;
      } catch (IOException | CallFailure e) {
        failures++;
        if (failures == TRIES) {
          sightings.failed("it cannot be opened again: " + e);
        }
      }
      if (!isClosed) {
        LockSupport.parkNanos(retry.toNanos());
        sightings.resumed();
      }
    }
  }

  private void read() throws IOException, CallFailure {
    var url = URI.create("http://127.0.0.1:" + balancer.readyPort() + path).toURL();
    var opened = (HttpURLConnection) url.openConnection();
    connection = opened;
    opened.setConnectTimeout((int) SILENCE.toMillis());
    opened.setReadTimeout((int) SILENCE.toMillis());
    opened.setRequestProperty("Accept", "text/event-stream");
    if (!lastId.isEmpty()) {
      opened.setRequestProperty("Last-Event-ID", lastId);
    }
    try (var in = new BufferedReader(new InputStreamReader(opened.getInputStream(), UTF_8))) {
      String id = lastId;
      for (String line = in.readLine(); line != null && !isClosed; line = in.readLine()) {
        if (line.startsWith("retry: ")) {
          retry = Duration.ofMillis(Long.parseLong(line.substring("retry: ".length())));
        } else if (line.startsWith("id: ")) {
          id = line.substring("id: ".length());
        } else if (line.startsWith("data: ") && !id.equals(lastId)) {
          lastId = id;
          number.apply(line).ifPresent(sightings::saw);
        }
      }
    } finally {
      opened.disconnect();
    }
  }

  @Override
  public void close() {
    isClosed = true;
    HttpURLConnection present = connection;
    if (present != null) {
      present.disconnect();
    }
  }
}
