package io.bodybroker.bench.telemetry;

import io.bodybroker.bench.load.Broker;
import io.bodybroker.bench.load.Contenders;
import io.bodybroker.bench.load.Load;
import io.bodybroker.bench.load.Rounds;
import io.bodybroker.bench.load.Sample;
import io.bodybroker.bench.load.Service;
import io.bodybroker.bench.report.Chart;
import io.bodybroker.bench.report.Chart.Best;
import io.bodybroker.bench.report.Chart.Kind;
import io.bodybroker.bench.report.ChartBuilder;
import io.bodybroker.bench.report.Ratio;
import io.bodybroker.bench.report.Section;
import io.bodybroker.bench.report.Stat;
import io.bodybroker.bench.rpc.SdkRpc;
import io.bodybroker.bench.run.Benchmark;
import io.bodybroker.bench.run.Setup;
import io.opentelemetry.api.OpenTelemetry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** What tracing and metrics cost a call. */
public final class TelemetryBenchmark implements Benchmark {
  private static final int BYTES = 256;
  private static final List<Integer> WINDOWS = List.of(16, 128);

  /** Who is measured: as a service has it that installs nothing, and two that trace. */
  private enum Who {
    DEFAULT("default", "sdk", SdkRpc.class),
    ALL("traced-100", "sdk, every call traced", TracedRpc.All.class),
    FEW("traced-1", "sdk, 1 of 100 traced", TracedRpc.Few.class);

    private final String id;
    private final String title;
    private final Class<? extends Service> service;

    Who(String id, String title, Class<? extends Service> service) {
      this.id = id;
      this.title = title;
      this.service = service;
    }
  }

  @Override
  public String name() {
    return "telemetry";
  }

  @Override
  public String help() {
    return "what tracing and metrics cost a call";
  }

  private static Map<String, Class<? extends Service>> contenders() {
    var contenders = new LinkedHashMap<String, Class<? extends Service>>();
    for (Who who : Who.values()) {
      contenders.put(who.title, who.service);
    }
    return contenders;
  }

  @Override
  public Section run(Setup setup) throws IOException {
    int count = setup.pick(9, 4);
    int millis = setup.pick(2_500, 1_000);
    setup.say("telemetry: what observing takes");
    int loops = setup.pick(7, 3);
    Stat observing = Observing.nanosPerCall(OpenTelemetry.noop(), loops);
    Stat tracing;
    try (var openTelemetry = TracedRpc.openTelemetry(TracedRpc.Few.SHARE)) {
      tracing = Observing.nanosPerCall(openTelemetry, loops);
    }
    var byWindow = new LinkedHashMap<Integer, Rounds>();
    try (var broker = Broker.start();
        var contenders = Contenders.start(contenders(), broker)) {
      for (int window : WINDOWS) {
        setup.say("telemetry: %d calls under way".formatted(window));
        contenders.warmUp(List.of(load(window, setup.pick(4_000, 1_500))));
        byWindow.put(window, contenders.run(load(window, millis), count));
      }
    }
    return new Section(
        name(),
        "Tracing and metrics",
        """
        The same call of %d bytes with the SDK's metrics and OpenTelemetry's API alone, as a \
        service has it that installs nothing; with OpenTelemetry's SDK at both ends, every call \
        traced; and with one of a hundred traced. Spans are exported in batches and metrics once \
        a minute, to exporters that drop them. %d rounds of %d ms in turns.\
        """
            .formatted(BYTES, count, millis),
        List.of(
            chart(
                byWindow, "throughput", "Calls a second", "calls/s", Best.MORE, Sample::perSecond),
            chart(
                byWindow,
                "cpu",
                "Processor time of a call",
                "µs/call",
                Best.LESS,
                Sample::cpuMicros),
            chart(
                byWindow,
                "bytes",
                "Heap that a call takes",
                "B/call",
                Best.LESS,
                Sample::bytesPerCall)),
        ratios(byWindow, observing),
        notes(byWindow, observing, tracing));
  }

  private static Load load(int window, int millis) {
    return new Load(Load.Style.ASYNC, BYTES, window, millis);
  }

  private static Chart chart(
      Map<Integer, Rounds> byWindow,
      String id,
      String title,
      String y,
      Best best,
      ToDoubleFunction<Sample> figure) {
    var chart = new ChartBuilder("telemetry-" + id, title, Kind.BARS, "calls under way", y, best);
    byWindow.forEach((window, rounds) -> {
      for (Who who : Who.values()) {
        chart.add(who.title, Integer.toString(window), rounds.stat(who.title, figure));
      }
    });
    return chart.build();
  }

  private static List<Ratio> ratios(Map<Integer, Rounds> byWindow, Stat observing) {
    var ratios = new ArrayList<Ratio>();
    byWindow.forEach((window, rounds) -> {
      for (Who who : List.of(Who.ALL, Who.FEW)) {
        String end = ".w%d.%s/%s".formatted(window, who.id, Who.DEFAULT.id);
        ratios.add(
            Ratio.atLeast(
                "telemetry.throughput" + end, ratio(rounds, who, Sample::perSecond), 0.95));
        ratios.add(
            Ratio.atMost("telemetry.cpu" + end, ratio(rounds, who, Sample::cpuMicros), 1.05));
      }
      double call = rounds.stat(Who.DEFAULT.title, Sample::cpuMicros).median();
      ratios.add(
          Ratio.atMost(
              "telemetry.observing/cpu.w" + window, observing.median() / 1e3 / call, 0.05));
    });
    return ratios;
  }

  private static double ratio(Rounds rounds, Who who, ToDoubleFunction<Sample> figure) {
    return rounds.ratio(who.title, Who.DEFAULT.title, figure);
  }

  private static List<String> notes(Map<Integer, Rounds> byWindow, Stat observing, Stat tracing) {
    long errors = byWindow.values().stream().mapToLong(Rounds::errors).sum();
    return List.of(
        """
        The SDK cannot run without its metrics, so there is no contender without them. What \
        observing a call takes at both ends (a duration at each, and looking for a trace context) \
        was measured alone, in a loop: %.0f ns a call (%.0f to %.0f), and is compared with all \
        that a call takes. In a loop the caches are warm: it is the least.\
        """
            .formatted(observing.median(), observing.min(), observing.max()),
        """
        The same loop with OpenTelemetry's SDK and 1 of 100 traced: %.0f ns a call (%.0f to %.0f). \
        What it is more is spans, meters and the trace context, written to a map and read from it \
        for each call; a call on NATS sends it as a header on top of that.\
        """
            .formatted(tracing.median(), tracing.min(), tracing.max()),
        "Every call traced means two spans and a trace context in the headers; a game samples.",
        errors == 0 ? "No call failed." : errors + " calls failed.");
  }
}
