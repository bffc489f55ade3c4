package io.bodybroker.bench.events;

import com.google.protobuf.ByteString;
import io.bodybroker.bench.load.Turns;
import io.bodybroker.bench.report.Chart;
import io.bodybroker.bench.report.Chart.Best;
import io.bodybroker.bench.report.Chart.Kind;
import io.bodybroker.bench.report.ChartBuilder;
import io.bodybroker.bench.report.Ratio;
import io.bodybroker.bench.report.Section;
import io.bodybroker.bench.run.Benchmark;
import io.bodybroker.bench.run.Setup;
import io.bodybroker.testkit.Await;
import io.bodybroker.testkit.DirectoryTree;
import io.bodybroker.testkit.NatsCluster;
import io.bodybroker.testkit.NatsServer;
import io.bodybroker.weathermanager.v1.WeatherChanged;
import io.nats.client.Connection;
import io.nats.client.Nats;
import io.nats.client.api.StreamConfiguration;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Events: published one by one and many at once, and consumed, by the SDK and by jnats itself, on
 * one server and in a cluster of three; what it costs to have each write on disk before it is
 * acknowledged; and how long nobody can publish when a node dies.
 */
public final class EventsBench implements Benchmark {
  /** Messages on their way without an acknowledgement, for both. */
  static final int IN_FLIGHT = 256;

  private static final String STREAM = "WORLD_EVENTS";
  private static final int NODES = 3;
  private static final int BYTES = 200;

  /** Events at work at once in the SDK's consumer. */
  static final int CONCURRENCY = 256;

  /** Of raw jnats. */
  private static final double GOAL = 0.9;

  private final WeatherChanged event = event();

  private static WeatherChanged event() {
    int empty = WeatherChanged.newBuilder().setWorldId("x").build().getSerializedSize() - 1;
    return WeatherChanged.newBuilder().setWorldId("w".repeat(BYTES - empty)).build();
  }

  /**
   * How much is measured.
   *
   * @param messages of each round, a quarter of it where each waits for the one before
   * @param turns of which more are thrown away until the JVM has compiled what is measured; with
   *     less the SDK looks slow
   */
  private record Plan(Setup setup, int messages, Turns turns, int failovers) {
    static Plan of(Setup setup) {
      return new Plan(
          setup,
          setup.pick(20_000, 4_000),
          new Turns(setup.pick(5, 2), setup.pick(7, 3)),
          setup.pick(5, 1));
    }
  }

  @Override
  public String name() {
    return "events";
  }

  @Override
  public String help() {
    return "durable events against raw jnats; the loss of a node; sync_interval: always";
  }

  @Override
  public Section run(Setup setup) throws Exception {
    var plan = Plan.of(setup);
    ByteString payload = event.toByteString();
    var charts = new ArrayList<Chart>();
    var ratios = new ArrayList<Ratio>();
    try (var nats = NatsServer.start()) {
      charts.add(compare(plan, "one", "one server", nats.url(), payload, ratios));
    }
    try (var cluster = NatsCluster.start(NODES)) {
      charts.add(
          compare(plan, "three", "three nodes, three replicas", cluster.url(), payload, ratios));
      setup.say("events: the loss of a node");
      var seconds = new Failover(cluster, event, STREAM).run(plan.failovers());
      charts.add(
          new ChartBuilder(
                  "events-failover",
                  "From the death of the stream's leader to the next publish",
                  Kind.BARS,
                  "",
                  "s",
                  Best.LESS)
              .add("sdk", "publish", seconds)
              .build());
    }
    charts.add(compareSync(plan));
    return new Section(name(), "Durable events", text(payload.size()), charts, ratios, List.of());
  }

  private static String text(int bytes) {
    return """
    Events of %d bytes with message ids, file storage, %d on their way where they are published \
    many at once; by the SDK and by jnats itself (raw), on one server and in a cluster of three \
    with three replicas. The loss of a node: from SIGKILL of the node that leads the stream to the \
    first publish that succeeds, by the SDK with its defaults.\
    """
        .formatted(bytes, IN_FLIGHT);
  }

  private Chart compare(
      Plan plan, String id, String where, String urls, ByteString payload, List<Ratio> ratios)
      throws Exception {
    var chart =
        new ChartBuilder(
            "events-" + id, "Events a second: " + where, Kind.BARS, "", "events/s", Best.MORE);
    try (var sdk = new SdkContender(urls, event, CONCURRENCY)) {
      awaitStream(sdk);
      try (var raw = new RawContender(urls, payload.toByteArray(), stream(urls))) {
        int few = Math.max(1, plan.messages() / 4);
        record Job(String name, String label, int count, Comparison.Work work) {}
        for (Job job :
            List.of(
                new Job("publish", "publish, one by one", few, Contender::publish),
                new Job("async", "publish, async", plan.messages(), Contender::publishAsync),
                new Job("consume", "consume", plan.messages(), Contender::consume))) {
          plan.setup().say("events: %s: %s".formatted(where, job.label()));
          var found = Comparison.of(plan.turns(), raw, sdk, job.count(), job.work());
          chart.add("sdk", job.label(), found.other());
          chart.add("raw", job.label(), found.one());
          ratios.add(
              Ratio.atLeast("events.%s.%s.sdk/raw".formatted(job.name(), id), found.ratio(), GOAL));
        }
      }
    }
    return chart.build();
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

  private static StreamConfiguration stream(String urls) throws Exception {
    try (Connection operator = Nats.connect(urls.split(",", 2)[0])) {
      return operator.jetStreamManagement().getStreamInfo(STREAM).getConfiguration();
    }
  }

  /** In turns on two servers, of which one flushes every two minutes, as it does by default. */
  private Chart compareSync(Plan plan) throws Exception {
    var chart =
        new ChartBuilder(
            "events-sync",
            "Events a second with sync_interval: always, one server",
            Kind.BARS,
            "",
            "events/s",
            Best.MORE);
    Path store = Files.createTempDirectory("bb-bench-");
    String always =
        "jetstream { store_dir: \"%s\", sync_interval: always }".formatted(store.toAbsolutePath());
    try (var lazy = NatsServer.start();
        var eager = NatsServer.builder().config(always).start();
        var one = new SdkContender(lazy.url(), event, CONCURRENCY);
        var other = new SdkContender(eager.url(), event, CONCURRENCY)) {
      // Flushing each write takes long.
      plan.setup().say("events: sync_interval: always");
      int few = Math.max(1, plan.messages() / 40);
      var oneByOne = Comparison.of(plan.turns(), one, other, few, Contender::publish);
      int more = Math.max(1, plan.messages() / 4);
      var async = Comparison.of(plan.turns(), one, other, more, Contender::publishAsync);
      chart
          .add("sdk, default", "publish, one by one", oneByOne.one())
          .add("sdk, always", "publish, one by one", oneByOne.other())
          .add("sdk, default", "publish, async", async.one())
          .add("sdk, always", "publish, async", async.other());
    } finally {
      DirectoryTree.delete(store);
    }
    return chart.build();
  }
}
