package io.bodybroker.bench.gateway;

import io.bodybroker.bench.load.Round;
import io.bodybroker.bench.report.Chart;
import io.bodybroker.bench.report.Ratio;
import io.bodybroker.bench.report.Section;
import io.bodybroker.bench.report.Stat;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** What was measured, and what it says. Not thread-safe. */
final class GatewayFigures {
  private static final double[] PERCENTILES = {50, 75, 90, 95, 99, 99.5, 99.9};

  private final Plan plan;
  private final List<Closed> closed = new ArrayList<>();
  private final List<Open> open = new ArrayList<>();

  /**
   * A load at a fixed rate.
   *
   * @param share of what the slowest of those that are compared takes
   */
  record Rate(double share, int perSecond) {
    /** {@code r80}. */
    String label() {
      return "r" + Math.round(share * 100);
    }
  }

  private record Closed(Size size, int connections, Map<String, List<Round>> rounds) {}

  private record Open(Size size, Rate rate, Map<String, List<Round>> rounds) {}

  GatewayFigures(Plan plan) {
    this.plan = plan;
  }

  void closed(Size size, int connections, Map<String, List<Round>> rounds) {
    closed.add(new Closed(size, connections, rounds));
  }

  void open(Size size, Rate rate, Map<String, List<Round>> rounds) {
    open.add(new Open(size, rate, rounds));
  }

  /** Calls a second that the slowest of these takes. */
  double capacity(Size size, List<String> names) {
    return closed.stream()
        .filter(one -> one.size == size && one.connections == Plan.BUSY)
        .flatMapToDouble(one ->
            names.stream()
                .mapToDouble(name -> stat(one.rounds, name, GatewayFigures::perSecond).median()))
        .min()
        .orElseThrow();
  }

  Section section() {
    var charts = new ArrayList<Chart>();
    for (Size size : plan.sizes()) {
      charts.add(
          bars(
              "throughput",
              "Requests a second",
              size,
              "requests/s",
              Chart.Best.MORE,
              GatewayFigures::perSecond));
      charts.add(
          bars(
              "p99",
              "99th percentile in a closed loop",
              size,
              "µs",
              Chart.Best.LESS,
              round -> round.calls().micros(99)));
      open.stream().filter(one -> one.size == size).map(this::percentiles).forEach(charts::add);
    }
    charts.add(
        perRequest(
            "cpu",
            "Processor time of the side that serves, a request",
            "µs",
            GatewayFigures::cpuMicros));
    charts.add(
        perRequest(
            "allocation",
            "Heap that the side that serves takes, a request",
            "KB",
            GatewayFigures::allocatedKilobytes));
    return new Section(
        "gateway", "JSON over HTTP to a service and back", text(), charts, ratios(), notes());
  }

  private static double perSecond(Round round) {
    return round.calls().perSecond();
  }

  private static double cpuMicros(Round round) {
    return round.served().cpuNanos() / 1e3 / round.calls().calls();
  }

  private static double allocatedKilobytes(Round round) {
    return round.served().allocatedBytes() / 1024.0 / round.calls().calls();
  }

  private static double gatewayCpuMicros(Round round) {
    return round.server().cpuNanos() / 1e3 / round.calls().calls();
  }

  private static Stat stat(
      Map<String, List<Round>> rounds, String name, ToDoubleFunction<Round> figure) {
    return new Stat(
        rounds.getOrDefault(name, List.of()).stream().mapToDouble(figure).boxed().toList());
  }

  private Chart bars(
      String id,
      String title,
      Size size,
      String y,
      Chart.Best best,
      ToDoubleFunction<Round> figure) {
    var of = closed.stream().filter(one -> one.size == size).toList();
    var series = new ArrayList<Chart.Series>();
    for (String name : of.getFirst().rounds.keySet()) {
      var points = new ArrayList<Chart.Point>();
      for (Closed one : of) {
        points.add(
            new Chart.Point(
                String.valueOf(one.connections), points.size(), stat(one.rounds, name, figure)));
      }
      series.add(new Chart.Series(name, points));
    }
    return new Chart(
        "gateway-%s-%s".formatted(id, size.label().toLowerCase(Locale.ROOT)),
        "%s, %s".formatted(title, size),
        Chart.Kind.BARS,
        "connections",
        y,
        best,
        series);
  }

  private Chart perRequest(String id, String title, String y, ToDoubleFunction<Round> figure) {
    var of = closed.stream().filter(one -> one.connections == Plan.BUSY).toList();
    var series = new ArrayList<Chart.Series>();
    for (String name : of.getFirst().rounds.keySet()) {
      var points = new ArrayList<Chart.Point>();
      for (Closed one : of) {
        points.add(
            new Chart.Point(one.size.toString(), points.size(), stat(one.rounds, name, figure)));
      }
      series.add(new Chart.Series(name, points));
    }
    return new Chart(
        "gateway-" + id,
        "%s, %d connections".formatted(title, Plan.BUSY),
        Chart.Kind.BARS,
        "body",
        y,
        Chart.Best.LESS,
        series);
  }

  private Chart percentiles(Open one) {
    var series = new ArrayList<Chart.Series>();
    for (String name : one.rounds.keySet()) {
      var points = new ArrayList<Chart.Point>();
      for (double percentile : PERCENTILES) {
        points.add(
            new Chart.Point(
                String.valueOf(percentile),
                100 / (100 - percentile),
                stat(one.rounds, name, round -> round.calls().micros(percentile))));
      }
      series.add(new Chart.Series(name, points));
    }
    return new Chart(
        "gateway-latency-%s-%s"
            .formatted(one.size.label().toLowerCase(Locale.ROOT), one.rate.label()),
        "Latency at %,d requests/s, %s".formatted(one.rate.perSecond, one.size),
        Chart.Kind.PERCENTILES,
        "percentile",
        "µs",
        Chart.Best.LESS,
        series);
  }

  private List<Ratio> ratios() {
    var ratios = new ArrayList<Ratio>();
    for (Closed one : closed) {
      String at = "%s.c%d.ours/".formatted(one.size.label(), one.connections);
      ratios.add(
          Ratio.atLeast(
              "gateway.throughput." + at + GatewayRun.HAND_WRITTEN,
              ratio(one.rounds, GatewayRun.HAND_WRITTEN, GatewayFigures::perSecond),
              1.3));
      ratios.add(
          Ratio.atLeast(
              "gateway.throughput." + at + GatewayRun.ARMERIA,
              ratio(one.rounds, GatewayRun.ARMERIA, GatewayFigures::perSecond),
              3.0));
      ratios.add(
          Ratio.of(
              "gateway.throughput." + at + GatewayRun.ECHO,
              ratio(one.rounds, GatewayRun.ECHO, GatewayFigures::perSecond)));
      ratios.add(
          Ratio.of(
              "gateway.p99-closed." + at + GatewayRun.HAND_WRITTEN,
              ratio(one.rounds, GatewayRun.HAND_WRITTEN, round -> round.calls().micros(99))));
      if (one.connections == Plan.BUSY) {
        ratios.add(
            Ratio.of(
                "gateway.cpu." + at + GatewayRun.HAND_WRITTEN,
                ratio(one.rounds, GatewayRun.HAND_WRITTEN, GatewayFigures::gatewayCpuMicros)));
        ratios.add(
            Ratio.of(
                "gateway.allocation." + at + GatewayRun.HAND_WRITTEN,
                ratio(one.rounds, GatewayRun.HAND_WRITTEN, GatewayFigures::allocatedKilobytes)));
      }
    }
    for (Open one : open) {
      String at =
          "%s.%s.ours/%s".formatted(one.size.label(), one.rate.label(), GatewayRun.HAND_WRITTEN);
      ratios.add(
          Ratio.of(
              "gateway.p50." + at,
              ratio(one.rounds, GatewayRun.HAND_WRITTEN, round -> round.calls().micros(50))));
      ratios.add(
          Ratio.atMost(
              "gateway.p99." + at,
              ratio(one.rounds, GatewayRun.HAND_WRITTEN, round -> round.calls().micros(99)),
              1.0));
    }
    return ratios;
  }

  private static double ratio(
      Map<String, List<Round>> rounds, String other, ToDoubleFunction<Round> figure) {
    return stat(rounds, GatewayRun.OURS, figure).ratioTo(stat(rounds, other, figure));
  }

  private String text() {
    return """
    Documents are put by PUT /v1/shelves/{shelf_id}/documents as JSON, and come back as JSON. Each \
    contender's HTTP end is a process of its own; ours and the hand-written one have the same \
    service of the SDK behind them, in a further process over one nats-server. The load is a small \
    HTTP/1.1 client on kept connections in a process of its own, the same for all; each answer is \
    checked once as a JSON tree, and then each time for its status and length. Ours runs with the \
    settings of production: all contracts, sessions, metrics, tracing API, limits, and an access \
    log of a line for each request, flushed to a file; the limit by client is off, as it is by \
    default; calls to the service may be more at once than by default (1,024) and take %d s instead \
    of 2, so that none is refused. The hand-written handler uses Helidon with TCP_NODELAY and its \
    defaults else, which are not those of ours: it validates paths, answers with a keep-alive \
    header, and reads by NIO. It uses protobuf's JsonFormat, and jnats' request with the same \
    deadline; it has no log, metrics, limits or retry. Both run with both tiers of the compiler, \
    where services in production have the first alone. \
    Armeria transcodes to a gRPC service in the same process, without a broker. Helidon's echo \
    sends back the bytes it got. Closed loops wait for each answer; at a fixed rate a latency \
    counts from when the request should have been sent.\
    """
        .formatted(HandWritten.TIMEOUT.toSeconds());
  }

  private List<String> notes() {
    return List.of(
        "Load, gateway, service and nats-server share the machine's cores, so what one saves the"
            + " others use: ratios of throughput are nearer to 1 than those of processor time.",
        "The processor time of nats-server is in no figure; Armeria and the echo need none.");
  }
}
