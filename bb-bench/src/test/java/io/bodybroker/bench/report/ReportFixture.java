package io.bodybroker.bench.report;

import io.bodybroker.bench.report.Chart.Best;
import io.bodybroker.bench.report.Chart.Kind;
import io.bodybroker.bench.report.Chart.Point;
import io.bodybroker.bench.report.Chart.Series;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Random;

/** A report with figures as they may come, and with some that are hard to draw. */
final class ReportFixture {
  static final String LONG = "jnats' service framework with a dispatcher of its own & <many> words";

  private ReportFixture() {}

  static Report report() {
    var machine = new LinkedHashMap<String, String>();
    machine.put("processor", "Intel(R) Xeon(R) Processor @ 2.60GHz");
    machine.put("cores", "2");
    machine.put("flags of the workers", "-XX:+UseSerialGC -Xms512m -Xmx512m");
    return new Report(
        "bb bench all --quick",
        Instant.parse("2026-11-27T01:02:03Z"),
        true,
        new Machine(machine),
        List.of(rpc(), extremes()));
  }

  private static Stat rounds(Random random, double value) {
    var rounds = new ArrayList<Double>();
    for (int i = 0; i < 5; i++) {
      rounds.add(value * (0.9 + 0.2 * random.nextDouble()));
    }
    return new Stat(rounds);
  }

  private static Section rpc() {
    var random = new Random(7);
    String[] windows = {"1", "16", "128", "1024"};
    double[][] rates = {
      {11_800, 38_000, 121_000, 236_000},
      {12_100, 35_000, 92_000, 185_000},
      {11_500, 31_000, 84_000, 149_000},
      {6_900, 29_000, 47_000, 52_000}
    };
    String[] names = {"sdk", "raw", "nats service", "gRPC"};
    var throughput = new ArrayList<Series>();
    var cpu = new ArrayList<Series>();
    var latency = new ArrayList<Series>();
    double[] percentiles = {0, 50, 75, 90, 99, 99.9, 99.99};
    for (int i = 0; i < names.length; i++) {
      var points = new ArrayList<Point>();
      var costs = new ArrayList<Point>();
      for (int w = 0; w < windows.length; w++) {
        double x = Double.parseDouble(windows[w]);
        points.add(new Point(windows[w], x, rounds(random, rates[i][w])));
        costs.add(new Point(windows[w], x, rounds(random, 2e6 / rates[i][w])));
      }
      var latencies = new ArrayList<Point>();
      for (double p : percentiles) {
        double x = 1 / (1 - p / 100);
        latencies.add(
            new Point(
                Double.toString(p).replaceFirst("\\.0$", ""),
                x,
                rounds(random, (60 + 15 * i) * Math.pow(x, 0.45))));
      }
      throughput.add(new Series(names[i], points));
      cpu.add(new Series(names[i], costs));
      latency.add(new Series(names[i], latencies));
    }
    return new Section(
        "rpc",
        "One call there and back",
        "Each contender serves and calls in two processes of their own, on one nats-server; 256 bytes there and back.",
        List.of(
            new Chart(
                "rpc-throughput-256",
                "Calls a second, 256 B, as many under way as x",
                Kind.LINES,
                "calls under way",
                "calls/s",
                Best.MORE,
                throughput),
            new Chart(
                "rpc-percentiles-256",
                "Latency at 5,000 calls/s, 256 B",
                Kind.PERCENTILES,
                "percentile",
                "µs",
                Best.LESS,
                latency),
            new Chart(
                "rpc-throughput-256-bars",
                "Calls a second, 256 B",
                Kind.BARS,
                "calls under way",
                "calls/s",
                Best.MORE,
                throughput),
            new Chart(
                "rpc-cpu-256",
                "Processor time of a call, both ends, 256 B",
                Kind.BARS,
                "calls under way",
                "µs/call",
                Best.LESS,
                cpu)),
        List.of(
            Ratio.atLeast("rpc.throughput.256.w1.sdk/raw", 0.975, 1),
            Ratio.atLeast("rpc.throughput.256.w16.sdk/raw", 1.086, 1),
            Ratio.atLeast("rpc.throughput.256.w1024.sdk/raw", 1.28, 1.2),
            Ratio.atMost("rpc.p99.256.w1.sdk/raw", 1.34, 1.1),
            Ratio.atMost(
                "rpc.bytes.65536.w1024.blocking.sdk/raw.of.all.that.is.measured.with.long.names",
                0.41,
                1.3),
            Ratio.of("rpc.throughput.256.w1024.sdk/gRPC", 4.54)),
        List.of());
  }

  private static Section extremes() {
    var one = new Series("sdk", List.of(new Point("7", 7, Stat.of(3.21))));
    var wide =
        List.of(
            new Series(
                "sdk",
                List.of(
                    new Point(
                        "the least there is, with a label that is far too long for any axis of any chart anywhere",
                        1,
                        Stat.of(0.01)),
                    new Point("1M", 1e6, Stat.of(1_000_000)))),
            new Series(
                LONG, List.of(new Point("1M", 1e6, new Stat(List.of(1.0, 999_999.0, 400_000.0))))));
    var services = new ArrayList<Point>();
    String[] names = {
      "auth", "body-broker-integration", "capability-registry", "event-bus", "payment"
    };
    for (int i = 0; i < names.length; i++) {
      services.add(new Point(names[i], i, new Stat(List.of(9_074.0 * (i + 1), 9_500.0 * (i + 1)))));
    }
    return new Section(
        "extremes",
        "What is hard to draw",
        "One point, very large beside very small, long names, nothing at all.",
        List.of(
            new Chart(
                "x-one-line",
                "One point",
                Kind.LINES,
                "calls under way",
                "calls/s",
                Best.MORE,
                List.of(one)),
            new Chart(
                "x-one-bar",
                "One bar",
                Kind.BARS,
                "calls under way",
                "calls/s",
                Best.MORE,
                List.of(one)),
            new Chart(
                "x-wide-line", "From 0.01 to 1,000,000", Kind.LINES, "size", "B", Best.LESS, wide),
            new Chart(
                "x-wide-bar", "From 0.01 to 1,000,000", Kind.BARS, "size", "B", Best.LESS, wide),
            new Chart(
                "x-single",
                "Reads a second of each service",
                Kind.BARS,
                "service",
                "calls/s",
                Best.MORE,
                List.of(new Series("sdk", services))),
            new Chart(
                "x-zero",
                "Nothing was lost",
                Kind.BARS,
                "fault",
                "messages",
                Best.LESS,
                List.of(
                    new Series("sdk", List.of(new Point("kill", 1, Stat.of(0)))),
                    new Series("raw", List.of(new Point("kill", 1, Stat.of(0))))))),
        List.of(),
        List.of("The machine has no control groups, so nothing was measured at Fargate's size."));
  }
}
