package io.bodybroker.bench.rpc;

import io.bodybroker.bench.ends.SdkEnds;
import io.bodybroker.bench.load.Broker;
import io.bodybroker.bench.load.Contenders;
import io.bodybroker.bench.load.Load;
import io.bodybroker.bench.load.Load.Style;
import io.bodybroker.bench.load.Rounds;
import io.bodybroker.bench.load.Sample;
import io.bodybroker.bench.load.Service;
import io.bodybroker.bench.report.Section;
import io.bodybroker.bench.run.Benchmark;
import io.bodybroker.bench.run.Setup;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One call there and back: how many a second, how long each takes, and what it costs, with more and
 * more of them under way.
 */
public final class RpcBench implements Benchmark {
  static final String OURS = "sdk";
  static final String IN_REQUEST = "sdk, in a request";
  static final String THEIRS = "raw";
  static final String BY_HAND = "raw + protobuf";

  /** Of what the slowest contender answers with callers who wait; so that none falls behind. */
  private static final double OPEN_SHARE = 0.4;

  private static final String TEXT =
      """
      The same bytes there and back, by the SDK's typed call with all that it does by default \
      (headers, deadline, retry, breaker, bulkhead, metrics, the tracing API), by the same with request \
      id, user, tenant and client as within a user's request, by jnats' request and \
      a dispatcher that publishes the reply (raw), by the same with the SDK's messages read and \
      written (raw + protobuf), by jnats' service framework, and by gRPC without a broker. Each contender serves in one process and calls in another. \
      Blocking: so many callers on virtual threads who each wait for the answer. Async: so many calls \
      under way, the next begun where an answer arrives. A call's processor time and heap are those of \
      both processes; the server of NATS is not in them. Latencies by percentile are from runs at a \
      fixed rate and count from when a call should have been made. How many calls the SDK lets be \
      under way is raised to %,d at both of its ends, so that no window is refused; all else is as \
      it is by default, with gRPC too, which hands calls to its cached executor.\
      """
          .formatted(SdkEnds.MORE_THAN_ANY_WINDOW);

  private static final String SHORT =
      """
      The short form warms up for about two seconds of each contender: code that is not compiled \
      yet shows, most that of gRPC, which has more of it.\
      """;

  /** How much is measured. */
  private record Plan(
      List<Integer> payloads,
      List<Integer> windows,
      int rounds,
      int millis,
      int openRounds,
      int openMillis,
      List<Load> warmUp) {
    static Plan of(Setup setup) {
      return setup.isQuick()
          ? new Plan(List.of(256, 65_536), List.of(1, 128), 2, 120, 1, 250, warmUp(700, 250, 200))
          : new Plan(
              List.of(256, 4_096, 65_536),
              List.of(1, 16, 128, 1_024),
              6,
              400,
              4,
              1_500,
              warmUp(5_000, 2_000, 1_000));
    }

    /**
     * All styles until the JVM has compiled them, and payloads that go other ways. One caller alone
     * and a fixed rate leave threads idle between calls: their waking and waiting is compiled only
     * if it was done before.
     */
    private static List<Load> warmUp(int millis, int idle, int large) {
      return List.of(
          new Load(Style.BLOCKING, 256, 16, millis),
          new Load(Style.ASYNC, 256, 128, millis),
          new Load(Style.BLOCKING, 256, 1, idle),
          new Load(Style.OPEN, 256, 2_000, idle),
          new Load(Style.ASYNC, 65_536, 16, large));
    }
  }

  @Override
  public String name() {
    return "rpc";
  }

  @Override
  public String help() {
    return "calls against raw jnats, jnats' service framework and gRPC: rate, latency, cost";
  }

  private static Map<String, Class<? extends Service>> contenders() {
    var contenders = new LinkedHashMap<String, Class<? extends Service>>();
    contenders.put(OURS, SdkRpc.class);
    contenders.put(IN_REQUEST, SdkInRequestRpc.class);
    contenders.put(THEIRS, RawRpc.class);
    contenders.put(BY_HAND, RawProtobufRpc.class);
    contenders.put("nats service", NatsServiceRpc.class);
    contenders.put("gRPC", GrpcRpc.class);
    return contenders;
  }

  @Override
  public Section run(Setup setup) throws IOException, InterruptedException {
    var plan = Plan.of(setup);
    var found = new RpcFindings();
    try (var broker = Broker.start();
        var contenders = Contenders.start(contenders(), broker)) {
      setup.say("rpc: warming up");
      contenders.warmUp(plan.warmUp());
      found.note(
          setup.isQuick()
              ? NatsC.LEFT_OUT
              : NatsC.join(contenders, Path.of("bb-bench").toAbsolutePath(), broker.newAccount()));
      for (int payload : plan.payloads()) {
        double rate = 0;
        for (Style style : List.of(Style.BLOCKING, Style.ASYNC)) {
          var cells = new LinkedHashMap<Integer, Rounds>();
          for (int window : plan.windows()) {
            setup.say("rpc: %s, %s, %d".formatted(RpcFindings.size(payload), style, window));
            var load = new Load(style, payload, window, plan.millis());
            cells.put(window, contenders.run(load, plan.rounds()));
          }
          found.closed(style, payload, cells);
          if (style == Style.BLOCKING) {
            rate = rate(cells);
          }
        }
        int perSecond = round(rate * OPEN_SHARE);
        setup.say("rpc: %s, %d calls/s".formatted(RpcFindings.size(payload), perSecond));
        var open = new Load(Style.OPEN, payload, perSecond, plan.openMillis());
        found.open(payload, perSecond, contenders.run(open, plan.openRounds()));
      }
    }
    if (setup.isQuick()) {
      found.note(SHORT);
    }
    return found.section(name(), TEXT);
  }

  private static double rate(Map<Integer, Rounds> cells) {
    return cells.values().stream()
        .mapToDouble(rounds -> rounds.leastMedian(Sample::perSecond))
        .max()
        .orElse(0);
  }

  /** Down to two digits; people remember 5,000 better than 5,137. */
  static int round(double rate) {
    double power = Math.pow(10, Math.max(0, Math.floor(Math.log10(Math.max(1, rate))) - 1));
    return (int) Math.max(1, Math.floor(rate / power) * power);
  }
}
