package io.bodybroker.bench.fargate;

import io.bodybroker.bench.fargate.Caged.Probe;
import io.bodybroker.bench.fargate.Search.Result;
import io.bodybroker.bench.load.Contender;
import io.bodybroker.bench.load.Load;
import io.bodybroker.bench.load.Sample;
import io.bodybroker.bench.load.Service;
import io.bodybroker.bench.load.ServiceFlags;
import io.bodybroker.bench.report.Chart;
import io.bodybroker.bench.report.Chart.Best;
import io.bodybroker.bench.report.Chart.Kind;
import io.bodybroker.bench.report.ChartBuilder;
import io.bodybroker.bench.report.Ratio;
import io.bodybroker.bench.report.Section;
import io.bodybroker.bench.report.Stat;
import io.bodybroker.bench.rpc.RawRpc;
import io.bodybroker.bench.rpc.SdkRpc;
import io.bodybroker.bench.run.Benchmark;
import io.bodybroker.bench.run.Setup;
import io.bodybroker.testkit.NatsServer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * How many calls a second a service answers in less than 20 ms on the smallest task of AWS Fargate:
 * 0.25 CPU and 512 MB, with the flags of production.
 */
public final class FargateBenchmark implements Benchmark {
  private static final int BYTES = 256;

  /** One service with one set of flags. */
  private enum Case {
    SDK_C1("sdk.c1", "sdk, first tier", SdkRpc.class, ServiceFlags.ALL),
    SDK_C2("sdk.c2", "sdk, both tiers", SdkRpc.class, ServiceFlags.BOTH_TIERS),
    RAW_C1("raw.c1", "raw, first tier", RawRpc.class, ServiceFlags.ALL),
    RAW_C2("raw.c2", "raw, both tiers", RawRpc.class, ServiceFlags.BOTH_TIERS);

    private final String id;
    private final String title;
    private final Class<? extends Service> service;
    private final List<String> flags;

    Case(String id, String title, Class<? extends Service> service, List<String> flags) {
      this.id = id;
      this.title = title;
      this.service = service;
      this.flags = flags;
    }
  }

  private record Found(Result result, long mostMemory, String controlGroups) {
    double rate() {
      return result.rate();
    }

    Stat kept(ToDoubleFunction<Probe> figure) {
      return new Stat(result.kept().stream().map(figure::applyAsDouble).toList());
    }
  }

  /** How long each step takes. */
  private record Extent(List<Case> cases, int warmUpMillis, int probeMillis, Duration patience) {
    static final Extent QUICK =
        new Extent(List.of(Case.SDK_C1, Case.RAW_C1), 4_000, 1_000, Duration.ofSeconds(11));
    static final Extent FULL =
        new Extent(List.of(Case.values()), 20_000, 2_500, Duration.ofSeconds(45));
  }

  @Override
  public String name() {
    return "fargate";
  }

  @Override
  public String help() {
    return "calls a second in 20 ms with a quarter of a core and 512 MB; needs root";
  }

  @Override
  public Section run(Setup setup) throws IOException {
    var extent = setup.isQuick() ? Extent.QUICK : Extent.FULL;
    String problem = problem();
    if (!problem.isEmpty()) {
      return section(extent, Map.of(), List.of("Not measured: " + problem));
    }
    var found = new LinkedHashMap<Case, Found>();
    var free = new ArrayList<Sample>();
    try (var nats = NatsServer.start()) {
      for (Case one : extent.cases()) {
        setup.say("fargate: " + one.title);
        try (var caged = Caged.start(one.title, one.service, nats.url(), one.flags)) {
          var result =
              new Search(caged, BYTES, extent.probeMillis(), extent.patience())
                  .run(extent.warmUpMillis());
          found.put(one, new Found(result, caged.mostMemory(), caged.version()));
        }
      }
      int most = found.values().stream().mapToInt(one -> one.result().rate()).max().orElseThrow();
      setup.say("fargate: raw, outside of the control group");
      free.addAll(free(nats.url(), most, extent));
    }
    var notes = new ArrayList<>(notes(extent, found));
    notes.add(generator(free));
    return section(extent, found, notes);
  }

  /** The same callers with a service that nothing limits, at the highest rate that was found. */
  private static List<Sample> free(String natsUrl, int rate, Extent extent) throws IOException {
    var samples = new ArrayList<Sample>();
    try (var free = Contender.start("raw", RawRpc.class, natsUrl)) {
      var load = new Load(Load.Style.OPEN, BYTES, rate, extent.probeMillis());
      for (int i = 0; i < 4; i++) {
        Sample sample = free.run(load);
        if (i > 0) { // which warms up
          samples.add(sample);
        }
      }
    }
    return samples;
  }

  private static String generator(List<Sample> free) {
    return String.format(
        Locale.ROOT,
        "What the callers and NATS can do here: with jnats outside of the control group %.0f calls/s"
            + " have a p99 of %.1f ms. Where that is near %.0f ms, the machine was the limit.",
        new Stat(free.stream().map(Sample::perSecond).toList()).median(),
        new Stat(free.stream().map(sample -> sample.micros(99) / 1e3).toList()).median(),
        Search.BOUND_MILLIS);
  }

  /** Why there are no control groups here; empty if there are. */
  private static String problem() {
    try (var group =
        ControlGroup.create(
            "bb-bench-try-" + ProcessHandle.current().pid(), Caged.CORES, Caged.MEMORY)) {
      var unused = group.used();
      return "";
    } catch (IOException e) {
      return "this machine does not let us make a control group (" + e + ")";
    }
  }

  private Section section(Extent extent, Map<Case, Found> found, List<String> notes) {
    String text =
        """
        The service runs in a control group of %.2f CPU (%d ms of each %d ms) and %d MB with the \
        flags of production, %s; by the SDK, and by jnats alone (raw). NATS and the callers run \
        outside. Contenders do not take turns: they come one after the other, each searched on its \
        own. Calls of %d bytes are made at a fixed rate, each counted from when it should have \
        been made, %d ms a rate: upwards until \
        the 99th percentile passes %.0f ms, then between, to within %.0f %%, then the found rate \
        three times again. Before that it is warmed up for %d ms, half of them with %d calls always \
        under way, half at a fixed rate.\
        """
            .formatted(
                Caged.CORES,
                (int) (Caged.CORES * ControlGroup.PERIOD_MICROS / 1_000),
                ControlGroup.PERIOD_MICROS / 1_000,
                Caged.MEMORY >> 20,
                String.join(" ", Case.SDK_C1.flags),
                BYTES,
                extent.probeMillis(),
                Search.BOUND_MILLIS,
                100 * (Search.PRECISION - 1),
                extent.warmUpMillis(),
                Search.ALL_AT_ONCE);
    return new Section(
        name(),
        "A quarter of a core and 512 MB",
        text,
        found.isEmpty() ? List.of() : charts(found),
        ratios(found),
        notes);
  }

  private static List<Chart> charts(Map<Case, Found> found) {
    return List.of(
        bars(
            "rate",
            "Calls a second at p99 < 20 ms",
            "calls/s",
            Best.MORE,
            found,
            one -> Stat.of(one.rate())),
        bars(
            "cpu",
            "CPU of the service for a call at that rate",
            "µs",
            Best.LESS,
            found,
            one -> one.kept(Probe::cpuMicrosPerCall)),
        lines("p99", "99th percentile over rate", "ms", found, Probe::p99Millis),
        lines(
            "throttled",
            "Periods in which the share was used up",
            "%",
            found,
            probe -> 100 * probe.throttled()));
  }

  private interface Figure {
    Stat of(Found found);
  }

  private static Chart bars(
      String id, String title, String y, Best best, Map<Case, Found> found, Figure figure) {
    var chart = new ChartBuilder("fargate-" + id, title, Kind.BARS, "", y, best);
    found.forEach((one, what) -> chart.add(one.title, "", figure.of(what)));
    return chart.build();
  }

  /** A point for each rate, with whiskers where it was tried again. */
  private static Chart lines(
      String id, String title, String y, Map<Case, Found> found, ToDoubleFunction<Probe> figure) {
    var chart = new ChartBuilder("fargate-" + id, title, Kind.LINES, "calls/s", y, Best.LESS);
    found.forEach((one, what) ->
        byRate(what, figure)
            .forEach((rate, values) ->
                chart.add(one.title, Integer.toString(rate), rate, new Stat(values))));
    return chart.build();
  }

  private static Map<Integer, List<Double>> byRate(Found found, ToDoubleFunction<Probe> figure) {
    return found.result().all().stream()
        .collect(
            Collectors.groupingBy(
                Probe::rate,
                TreeMap::new,
                Collectors.mapping(figure::applyAsDouble, Collectors.toList())));
  }

  private static List<Ratio> ratios(Map<Case, Found> found) {
    var ratios = new ArrayList<Ratio>();
    add(ratios, found, Case.SDK_C1, Case.RAW_C1);
    add(ratios, found, Case.SDK_C2, Case.RAW_C2);
    add(ratios, found, Case.SDK_C2, Case.SDK_C1);
    return ratios;
  }

  private static void add(List<Ratio> ratios, Map<Case, Found> found, Case ours, Case theirs) {
    Found one = found.get(ours);
    Found other = found.get(theirs);
    if (one == null || other == null) {
      return;
    }
    String ids = ours.id + "/" + theirs.id;
    ratios.add(Ratio.of("fargate.rate." + ids, one.rate() / other.rate()));
    ratios.add(
        Ratio.of(
            "fargate.cpu." + ids,
            one.kept(Probe::cpuMicrosPerCall).median()
                / other.kept(Probe::cpuMicrosPerCall).median()));
  }

  private static List<String> notes(Extent extent, Map<Case, Found> found) {
    var notes = new ArrayList<String>();
    found.forEach((one, what) -> notes.add(told(one, what)));
    notes.add(
        "The control group is of Linux, %s, with its default period. A task of Fargate is as large, but its processors differ, its period need not be the same, and NATS is on another machine there."
            .formatted(found.values().iterator().next().controlGroups()));
    notes.add(
        "Who has used up %d ms of a period waits for its end, up to %d ms: with one thread busy that is so after a burst of %d ms, and one waiting period in a hundred calls is what a 99th percentile sees."
            .formatted(25, 75, 25));
    if (extent.cases().size() < Case.values().length) {
      notes.add("The short form leaves the second compiler tier out: it needs minutes to warm up.");
    }
    return notes;
  }

  private static String told(Case one, Found found) {
    Probe missed = found.result().missed();
    return String.format(
        Locale.ROOT,
        "%s: %d calls/s (p99 %.1f ms; %.0f %% of its share of CPU; throttled in %.0f %% of periods;"
            + " longest pause of the collector %.1f ms). At %d/s: p99 %.1f ms, %.0f %%, %.0f %%,"
            + " %.1f ms. So the limit is %s. As fast as it can, whatever the latency: %.0f"
            + " calls/s. Memory at most %d MB.",
        one.title,
        found.result().rate(),
        found.kept(Probe::p99Millis).median(),
        100 * found.kept(Probe::share).median(),
        100 * found.kept(Probe::throttled).median(),
        found.kept(Probe::longestPause).max(),
        missed.rate(),
        missed.p99Millis(),
        100 * missed.share(),
        100 * missed.throttled(),
        missed.longestPause(),
        limit(missed),
        found.result().capacity(),
        found.mostMemory() >> 20);
  }

  /** A pause that takes the latency by itself; else being throttled; else neither. */
  private static String limit(Probe missed) {
    if (missed.longestPause() > Search.BOUND_MILLIS / 2) {
      return "the collector, whose pauses the share makes longer";
    }
    return missed.throttled() > 0.01
        ? "the share of CPU"
        : "neither of these: look at the callers below";
  }
}
