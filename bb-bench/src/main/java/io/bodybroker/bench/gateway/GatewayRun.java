package io.bodybroker.bench.gateway;

import io.bodybroker.bench.load.Backend;
import io.bodybroker.bench.load.Broker;
import io.bodybroker.bench.load.Contender;
import io.bodybroker.bench.load.Load;
import io.bodybroker.bench.load.Round;
import io.bodybroker.bench.load.Turns;
import io.bodybroker.bench.report.Section;
import io.bodybroker.bench.rpc.SdkRpc;
import io.bodybroker.bench.run.Setup;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;

/** One run of {@link GatewayBench}. Contenders take turns within each round. */
final class GatewayRun {
  static final String OURS = "ours";
  static final String HAND_WRITTEN = "hand-written";
  static final String ARMERIA = "armeria";
  static final String ECHO = "helidon-echo";

  /** At these shares of what the slowest takes, latencies are compared. */
  private static final double MODERATE = 0.5;

  private static final double HIGH = 0.8;

  /** A call that costs no less than this share of what it did before has become steady. */
  private static final double STEADY = 0.95;

  private final Plan plan;
  private final Setup setup;
  private final SequencedMap<String, Contender> contenders = new LinkedHashMap<>();
  private final GatewayFigures figures;

  GatewayRun(Setup setup) {
    this.plan = setup.isQuick() ? Plan.QUICK : Plan.FULL;
    this.setup = setup;
    this.figures = new GatewayFigures(plan);
  }

  Section run() throws IOException {
    try (var broker = Broker.start()) {
      measure(broker);
    }
    return figures.section();
  }

  private void measure(Broker broker) throws IOException {
    String url = broker.newAccount();
    try (var backend = Backend.start(SdkRpc.class, url)) {
      try {
        add(Contender.before(backend, OURS, OurGateway.class, url));
        add(Contender.before(backend, HAND_WRITTEN, HandWritten.class, url));
        add(Contender.start(ARMERIA, ArmeriaTranscoding.class, url));
        add(Contender.start(ECHO, PlainEcho.class, url));
        measure();
      } finally {
        for (Contender contender : contenders.values()) {
          contender.close();
        }
      }
    }
  }

  private void add(Contender contender) {
    contenders.put(contender.name(), contender);
  }

  private void measure() throws IOException {
    for (Contender contender : contenders.values()) {
      setup.say("gateway: " + contender.name() + " warms up");
      for (Size size : plan.sizes()) {
        warmUp(contender, size);
      }
    }
    var all = List.copyOf(contenders.keySet());
    for (Size size : plan.sizes()) {
      for (int connections : plan.connections()) {
        setup.say("gateway: %s, %d connections".formatted(size, connections));
        var load = closed(size, connections, plan.closedMillis());
        figures.closed(size, connections, rounds(all, load));
      }
      atRate(size, MODERATE, all);
      // What the slowest of all can take would be little work for these.
      atRate(size, HIGH, List.of(OURS, HAND_WRITTEN));
    }
  }

  /** Until the JVMs have compiled: as long as a call costs less and less. */
  private void warmUp(Contender contender, Size size) throws IOException {
    double before = Double.MAX_VALUE;
    for (int slice = 1; slice <= plan.mostWarmUp(); slice++) {
      double now = run(contender, closed(size, Plan.BUSY, Plan.SLICE_MILLIS)).total().cpuMicros();
      if (slice >= plan.leastWarmUp() && now > STEADY * before) {
        return;
      }
      before = now;
    }
  }

  private void atRate(Size size, double share, List<String> names) throws IOException {
    int perSecond = Math.max(1, (int) (share * figures.capacity(size, names)));
    setup.say("gateway: %s, %d calls/s".formatted(size, perSecond));
    var load = new Load(Load.Style.OPEN, size.bytes(), perSecond, plan.openMillis());
    figures.open(size, new GatewayFigures.Rate(share, perSecond), rounds(names, load));
  }

  private static Load closed(Size size, int connections, int millis) {
    return new Load(Load.Style.BLOCKING, size.bytes(), connections, millis);
  }

  private Map<String, List<Round>> rounds(List<String> names, Load load) throws IOException {
    return Turns.of(plan.rounds())
        .take(names, name -> run(Objects.requireNonNull(contenders.get(name), name), load));
  }

  /** What is refused or fails is no work done, so nobody may be measured with it. */
  private static Round run(Contender contender, Load load) throws IOException {
    Round round = contender.round(load);
    if (round.calls().errors() > 0) {
      throw new IOException(
          "%s failed %d of %d calls of %s"
              .formatted(
                  contender.name(),
                  round.calls().errors(),
                  round.calls().errors() + round.calls().calls(),
                  load));
    }
    return round;
  }
}
