package io.bodybroker.bench;

import com.google.protobuf.ByteString;
import io.bodybroker.testkit.Await;
import io.bodybroker.testkit.DirectoryTree;
import io.bodybroker.testkit.NatsCluster;
import io.bodybroker.testkit.NatsServer;
import io.bodybroker.weathermanager.v1.WeatherChanged;
import io.nats.client.Connection;
import io.nats.client.Nats;
import io.nats.client.api.StreamConfiguration;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Events: published one by one and many at once, and consumed, by the SDK and by jnats itself, on
 * one server and in a cluster of three; what it costs to have each write on disk before it is
 * acknowledged; and how long nobody can publish when a node dies.
 */
final class EventsBench {
  /** Messages on their way without an acknowledgement, for both. */
  static final int IN_FLIGHT = 256;

  private static final String STREAM = "WORLD_EVENTS";
  private static final int NODES = 3;

  /** So many rounds until the JVM has compiled what is measured; with less the SDK looks slow. */
  private static final int WARM_UPS = 5;

  private static final String HEAD = "%-44s %12s %12s %8s%n";

  private final Settings settings;
  private final PrintStream out;
  private final WeatherChanged event;

  /**
   * How much is measured.
   *
   * @param messages of each round, a quarter of it where each waits for the one before
   * @param rounds of each kind; the median is told
   * @param bytes of an event
   * @param concurrency of the SDK's consumer
   */
  record Settings(int messages, int rounds, int bytes, int concurrency) {}

  EventsBench(Settings settings, PrintStream out) {
    this.settings = settings;
    this.out = out;
    this.event = event(settings.bytes());
  }

  private static WeatherChanged event(int bytes) {
    int empty = WeatherChanged.newBuilder().setWorldId("x").build().getSerializedSize() - 1;
    return WeatherChanged.newBuilder().setWorldId("w".repeat(Math.max(1, bytes - empty))).build();
  }

  void run() throws Exception {
    ByteString payload = event.toByteString();
    out.printf(
        "events of %d bytes, file storage, %d on their way, %d rounds, medians%n%n",
        payload.size(), IN_FLIGHT, settings.rounds());
    out.printf(HEAD, "messages a second", "raw jnats", "sdk", "sdk/raw");
    try (var nats = NatsServer.start()) {
      compare("one server", nats.url(), payload);
    }
    try (var cluster = NatsCluster.start(NODES)) {
      compare("three nodes, three replicas", cluster.url(), payload);
      out.println();
      new Failover(cluster, event, STREAM, out).run(settings.rounds());
    }
    compareSync();
  }

  private void compare(String where, String urls, ByteString payload) throws Exception {
    try (var sdk = new SdkContender(urls, event, settings.concurrency())) {
      awaitStream(sdk);
      try (var raw = new RawContender(urls, payload.toByteArray(), stream(urls))) {
        int few = Math.max(1, settings.messages() / 4);
        compare(where + ": publish, one by one", raw, sdk, few, Contender::publish);
        compare(where + ": publish, async", raw, sdk, settings.messages(), Contender::publishAsync);
        compare(where + ": consume", raw, sdk, settings.messages(), Contender::consume);
      }
    }
  }

  /** A cluster that has just begun may not know all of its nodes yet. */
  private static void awaitStream(SdkContender sdk) {
    Await.until(
        Duration.ofSeconds(30),
        "the stream to be made",
        () -> {
          sdk.publish(1);
          return true;
        });
  }

  private void compare(String what, Contender raw, Contender sdk, int count, Comparison.Work work)
      throws Exception {
    for (int i = 0; i < WARM_UPS; i++) {
      work.run(raw, count);
      work.run(sdk, count);
    }
    var comparison = new Comparison(what);
    for (int i = 0; i < settings.rounds(); i++) {
      comparison.round(raw, sdk, count, work);
    }
    out.println(comparison.row());
  }

  private static StreamConfiguration stream(String urls) throws Exception {
    try (Connection operator = Nats.connect(urls.split(",", 2)[0])) {
      return operator.jetStreamManagement().getStreamInfo(STREAM).getConfiguration();
    }
  }

  /** In turns on two servers, of which one flushes every two minutes, as it does by default. */
  private void compareSync() throws Exception {
    out.println();
    out.printf(HEAD, "messages a second, by the sdk, one server", "default", "always", "");
    Path store = Files.createTempDirectory("bb-bench-");
    String always =
        "jetstream { store_dir: \"%s\", sync_interval: always }".formatted(store.toAbsolutePath());
    try (var lazy = NatsServer.start();
        var eager = NatsServer.builder().config(always).start();
        var one = new SdkContender(lazy.url(), event, settings.concurrency());
        var other = new SdkContender(eager.url(), event, settings.concurrency())) {
      // Flushing each write takes long.
      int few = Math.max(1, settings.messages() / 40);
      compare("publish, one by one", one, other, few, Contender::publish);
      int more = Math.max(1, settings.messages() / 4);
      compare("publish, async", one, other, more, Contender::publishAsync);
    } finally {
      DirectoryTree.delete(store);
    }
  }
}
