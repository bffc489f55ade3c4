package io.bodybroker.bench.stream;

import io.bodybroker.bench.load.Broker;
import io.bodybroker.bench.load.Contenders;
import io.bodybroker.bench.load.Load;
import io.bodybroker.bench.load.Load.Style;
import io.bodybroker.bench.load.Rounds;
import io.bodybroker.bench.load.Sample;
import io.bodybroker.bench.load.Service;
import io.bodybroker.bench.report.Chart;
import io.bodybroker.bench.report.Chart.Best;
import io.bodybroker.bench.report.Chart.Kind;
import io.bodybroker.bench.report.ChartBuilder;
import io.bodybroker.bench.report.Ratio;
import io.bodybroker.bench.report.Section;
import io.bodybroker.bench.run.Benchmark;
import io.bodybroker.bench.run.Setup;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** Messages a second of calls that are answered with a stream, and what a message costs. */
public final class StreamBench implements Benchmark {
  private static final String OURS = "sdk";
  private static final String THEIRS = "raw";

  private static final String TEXT =
      """
      One request is answered with %,d messages; so many callers read a stream each and then ask for \
      the next. By the SDK, whose writer waits for its reader, by jnats publishing to the caller's \
      inbox (raw), where nothing holds the writer back, and by gRPC without a broker. Processor time \
      is that of both processes; the server of NATS is not in it.\
      """
          .formatted(StreamTarget.MESSAGES);

  @Override
  public String name() {
    return "stream";
  }

  @Override
  public String help() {
    return "server streaming against raw jnats and gRPC: messages a second, cost";
  }

  private static Map<String, Class<? extends Service>> contenders() {
    var contenders = new LinkedHashMap<String, Class<? extends Service>>();
    contenders.put(OURS, SdkStream.class);
    contenders.put(THEIRS, RawStream.class);
    contenders.put("gRPC", GrpcStream.class);
    return contenders;
  }

  @Override
  public Section run(Setup setup) throws IOException {
    var callers = setup.isQuick() ? List.of(1, 16) : List.of(1, 4, 16, 64);
    var charts = new ArrayList<Chart>();
    var costs = new ArrayList<Chart>();
    var ratios = new ArrayList<Ratio>();
    var notes = new ArrayList<String>();
    try (var broker = Broker.start();
        var contenders = Contenders.start(contenders(), broker)) {
      setup.say("stream: warming up");
      contenders.warmUp(
          List.of(
              new Load(Style.BLOCKING, 256, 4, setup.pick(6_000, 1_500)),
              new Load(Style.BLOCKING, 4_096, 16, setup.pick(3_000, 500))));
      for (int bytes : List.of(256, 4_096)) {
        var cells = new LinkedHashMap<Integer, Rounds>();
        for (int number : callers) {
          setup.say("stream: %d B, %d callers".formatted(bytes, number));
          var load = new Load(Style.BLOCKING, bytes, number, setup.pick(1_000, 400));
          var rounds = contenders.run(load, setup.pick(5, 2));
          cells.put(number, rounds);
          String cell = "%d.c%d".formatted(bytes, number);
          ratios.add(ratio("throughput", cell, rounds, Sample::perSecond));
          ratios.add(ratio("cpu", cell, rounds, Sample::cpuMicros));
          notes.addAll(rounds.failures(cell, "streams"));
        }
        charts.add(
            Rounds.chart(
                new ChartBuilder(
                    "stream-throughput-" + bytes,
                    "Messages a second: %d B".formatted(bytes),
                    Kind.LINES,
                    "callers",
                    "messages/s",
                    Best.MORE),
                cells,
                sample -> sample.perSecond() * StreamTarget.MESSAGES));
        costs.add(
            Rounds.chart(
                new ChartBuilder(
                    "stream-cpu-" + bytes,
                    "Processor time of a message: %d B".formatted(bytes),
                    Kind.BARS,
                    "callers",
                    "µs/message",
                    Best.LESS),
                cells,
                sample -> sample.cpuMicros() / StreamTarget.MESSAGES));
      }
    }
    charts.addAll(costs);
    return new Section(name(), "Streams of answers", TEXT, charts, ratios, notes);
  }

  private static Ratio ratio(
      String figure, String cell, Rounds rounds, ToDoubleFunction<Sample> of) {
    return Ratio.of(
        "stream.%s.%s.%s/%s".formatted(figure, cell, OURS, THEIRS), rounds.ratio(OURS, THEIRS, of));
  }
}
