package io.bodybroker.bench.scale;

import io.bodybroker.bench.load.Broker;
import io.bodybroker.bench.load.Contender;
import io.bodybroker.bench.load.Contenders;
import io.bodybroker.bench.load.Load;
import io.bodybroker.bench.load.Place;
import io.bodybroker.bench.load.Rounds;
import io.bodybroker.bench.load.Service;
import io.bodybroker.bench.report.Section;
import io.bodybroker.bench.rpc.RawRpc;
import io.bodybroker.bench.rpc.SdkRpc;
import io.bodybroker.bench.run.Benchmark;
import io.bodybroker.bench.run.Setup;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.IntFunction;

/**
 * Whether the cost of a call stays what it is when more is served and more call: 1 to 22 services
 * in one process, 10 to 10,000 subjects, 1 to 200 callers.
 */
public final class ScaleBenchmark implements Benchmark {
  private static final String OURS = "sdk";
  private static final int BYTES = 256;
  private static final int WINDOW = 128;

  /** Who warm up; a load at a fixed rate waits for each answer too. */
  private static final int CALLERS = 16;

  /** Far from what there is room for, so that latency is no queue. */
  private static final int CALLS_PER_SECOND = 2_000;

  /** Whatever the number of subjects is, so that it alone differs. */
  private static final int SERVICES_OF_SUBJECTS = 10;

  /**
   * How much is measured.
   *
   * @param rounds an odd number, so that a median is one of them
   * @param hasIdleAndRaw whether subjects of which most idle, and jnats alone, are measured too
   * @param warmUpMillis until the compiler has done with all contenders, which it does beside the
   *     calls: after 2.5 s of each, CPU per call still fell from round to round, from 78 to 19 µs
   */
  private record Extent(
      List<Integer> services,
      List<Integer> subjects,
      List<Integer> callers,
      int rounds,
      int millis,
      int warmUpMillis,
      boolean hasIdleAndRaw) {
    static final Extent QUICK =
        new Extent(List.of(1, 22), List.of(10, 10_000), List.of(1, 16, 200), 3, 300, 2_000, false);
    static final Extent FULL =
        new Extent(
            List.of(1, 3, 8, 22),
            List.of(10, 100, 1_000, 10_000),
            List.of(1, 4, 16, 64, 200),
            9,
            1_100,
            10_000,
            true);
  }

  @Override
  public String name() {
    return "scale";
  }

  @Override
  public String help() {
    return "cost of a call over services, subjects and callers";
  }

  @Override
  public Section run(Setup setup) throws IOException {
    var extent = setup.isQuick() ? Extent.QUICK : Extent.FULL;
    var curves = new ArrayList<Curve>();
    try (var broker = Broker.start()) {
      setup.say("scale: services");
      curves.add(services(broker, extent));
      setup.say("scale: subjects");
      curves.add(subjects(broker, extent));
      setup.say("scale: callers");
      curves.add(callers(broker, extent));
    }
    long errors = curves.stream().mapToLong(Curve::errors).sum();
    return new Section(
        name(),
        "Cost that does not grow",
        text(extent),
        curves.stream().flatMap(curve -> curve.charts().stream()).toList(),
        curves.stream().flatMap(curve -> curve.ratios().stream()).toList(),
        List.of(
            """
            A step is a point whose calls take %.2f times the CPU of the point before, or of which \
            there are less than %.2f times as many a second: the sizes grow by about three to ten \
            times, so what costs anything for each shows. Every round has a ratio of its own, of two \
            points measured within seconds, and the median of these counts: what else the machine \
            does slows both points of a round. On two processors with a load of eight, rounds of one \
            point differed up to fourfold, and medians of nine such ratios were off by about a \
            tenth. CPU says more than calls a second, which fall with all that takes the processors.\
            """
                .formatted(Curve.STEP, 1 / Curve.STEP),
            "With one caller nothing overlaps and every call wakes sleeping threads, so CPU per call falls as callers become more; 99th percentiles over callers contain the queue for the machine's cores.",
            errors == 0 ? "No call failed." : errors + " calls failed."));
  }

  /**
   * A service of every size beside each other.
   *
   * @param id for ratios
   */
  private record Grown(
      String id, String name, Class<? extends Service> service, IntFunction<ManyRpc.Shape> shape) {
    String contender(int size) {
      return name + " " + size;
    }

    Contender start(int size, Broker broker) throws IOException {
      Place place = shape.apply(size).place();
      return Contender.start(contender(size), service, broker.newAccount(), place, place);
    }

    Curve.Line line(List<Integer> sizes, Rounds full, Rounds latency) {
      return new Curve.Line(
          id,
          name,
          sizes.stream().map(size -> new Curve.Size(size, contender(size), full, latency)).toList(),
          service.equals(ManyRpc.class));
    }
  }

  private static Curve services(Broker broker, Extent extent) throws IOException {
    var called =
        new Grown(
            "sdk",
            "sdk, called in turn",
            ManyRpc.class,
            services -> new ManyRpc.Shape(services, 1, services));
    return grown(
        "services", "services in one process", extent.services(), List.of(called), broker, extent);
  }

  private static Curve subjects(Broker broker, Extent extent) throws IOException {
    var lines = new ArrayList<Grown>();
    IntFunction<ManyRpc.Shape> inTurn = subjects -> shape(subjects, subjects);
    lines.add(new Grown("all", "sdk, called in turn", ManyRpc.class, inTurn));
    if (extent.hasIdleAndRaw()) {
      lines.add(
          new Grown(
              "idle",
              "sdk, one called, the others idle",
              ManyRpc.class,
              subjects -> shape(subjects, 1)));
      lines.add(new Grown("raw", "raw, called in turn", ManyRaw.class, inTurn));
    }
    return grown(
        "subjects", "subjects served by one process", extent.subjects(), lines, broker, extent);
  }

  private static ManyRpc.Shape shape(int subjects, int called) {
    return new ManyRpc.Shape(SERVICES_OF_SUBJECTS, subjects / SERVICES_OF_SUBJECTS, called);
  }

  /** One line after the other: what is compared are the sizes of each. */
  private static Curve grown(
      String id, String x, List<Integer> sizes, List<Grown> grown, Broker broker, Extent extent)
      throws IOException {
    var loads =
        List.of(
            load(Load.Style.ASYNC, WINDOW, extent.millis()),
            load(Load.Style.OPEN, CALLS_PER_SECOND, extent.millis()));
    var lines = new ArrayList<Curve.Line>();
    var all = new ArrayList<Rounds>();
    for (Grown line : grown) {
      try (var contenders = new Contenders()) {
        for (int size : sizes) {
          contenders.add(line.start(size, broker));
        }
        var rounds = run(contenders, loads, extent);
        all.addAll(rounds);
        lines.add(line.line(sizes, rounds.getFirst(), rounds.getLast()));
      }
    }
    return new Curve(id, x, lines, all);
  }

  private static Curve callers(Broker broker, Extent extent) throws IOException {
    var services = new LinkedHashMap<String, Class<? extends Service>>();
    services.put(OURS, SdkRpc.class);
    services.put("raw", RawRpc.class);
    try (var contenders = Contenders.start(services, broker)) {
      var loads =
          extent.callers().stream()
              .map(callers -> load(Load.Style.BLOCKING, callers, extent.millis()))
              .toList();
      var rounds = run(contenders, loads, extent);
      var lines = new ArrayList<Curve.Line>();
      for (String name : contenders.names()) {
        var sizes = new ArrayList<Curve.Size>();
        for (int i = 0; i < loads.size(); i++) {
          sizes.add(new Curve.Size(loads.get(i).number(), name, rounds.get(i), rounds.get(i)));
        }
        lines.add(new Curve.Line(name, name, sizes, name.equals(OURS)));
      }
      return new Curve("callers", "concurrent callers", lines, rounds);
    }
  }

  private static List<Rounds> run(Contenders contenders, List<Load> loads, Extent extent)
      throws IOException {
    int half = extent.warmUpMillis() / 2;
    contenders.warmUp(
        List.of(load(Load.Style.ASYNC, WINDOW, half), load(Load.Style.BLOCKING, CALLERS, half)));
    return contenders.run(loads, extent.rounds());
  }

  private static Load load(Load.Style style, int number, int millis) {
    return new Load(style, BYTES, number, millis);
  }

  private static String text(Extent extent) {
    return """
    Calls of %d bytes. Services and subjects: one process serves contracts that differ in \
    their names alone, each subject with an entry in discovery and meters of its own; of those, \
    which are kept for 1,000 at most, all that come after have one. The subjects belong to %d \
    services, each with its breaker. Calls go to them in turn, %d under way for throughput and \
    CPU, and %,d a second for latency, counted from when a call should have been made. Callers: \
    each waits for its answer before it calls again.%s The sizes of a line run beside each other, \
    %d rounds of %d ms in turns, after %d ms of warming up, half of them with calls under way and \
    half with callers who wait, and one round that does not count.\
    """
        .formatted(
            BYTES,
            SERVICES_OF_SUBJECTS,
            WINDOW,
            CALLS_PER_SECOND,
            extent.hasIdleAndRaw()
                ? " Raw is jnats alone, with as many subjects and callers."
                : " Raw is jnats alone, with as many callers.",
            extent.rounds(),
            extent.millis(),
            extent.warmUpMillis());
  }
}
