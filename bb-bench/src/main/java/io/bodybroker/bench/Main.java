package io.bodybroker.bench;

import io.bodybroker.bench.events.EventsBench;
import io.bodybroker.bench.fargate.FargateBenchmark;
import io.bodybroker.bench.gateway.GatewayBench;
import io.bodybroker.bench.load.Contender;
import io.bodybroker.bench.micro.MicroBenchmark;
import io.bodybroker.bench.payload.PayloadBenchmark;
import io.bodybroker.bench.report.Machine;
import io.bodybroker.bench.report.Report;
import io.bodybroker.bench.report.ReportJson;
import io.bodybroker.bench.report.ReportPage;
import io.bodybroker.bench.report.ReportText;
import io.bodybroker.bench.report.Section;
import io.bodybroker.bench.rpc.RpcBench;
import io.bodybroker.bench.run.Benchmark;
import io.bodybroker.bench.run.Command;
import io.bodybroker.bench.run.Setup;
import io.bodybroker.bench.run.UsageException;
import io.bodybroker.bench.scale.ScaleBenchmark;
import io.bodybroker.bench.services.ServicesBench;
import io.bodybroker.bench.startup.MemoryBench;
import io.bodybroker.bench.startup.StartupBench;
import io.bodybroker.bench.stream.StreamBench;
import io.bodybroker.bench.telemetry.TelemetryBenchmark;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/** {@code ./bb bench}: measures, prints tables, and writes a page with charts. */
public final class Main {
  /** In the order in which {@code all} runs them, and the page has them. */
  static final List<Benchmark> BENCHMARKS =
      List.of(
          new RpcBench(),
          new StreamBench(),
          new EventsBench(),
          new GatewayBench(),
          new PayloadBenchmark(),
          new StartupBench(),
          new MemoryBench(),
          new TelemetryBenchmark(),
          new ScaleBenchmark(),
          new FargateBenchmark(),
          new ServicesBench(),
          new MicroBenchmark());

  private static final int MEASURED = 0;
  private static final int FAILED = 1;
  private static final int NOT_UNDERSTOOD = 2;

  private final List<Benchmark> known;
  private final PrintStream out;
  private final PrintStream err;

  Main(List<Benchmark> known, PrintStream out, PrintStream err) {
    this.known = known;
    this.out = out;
    this.err = err;
  }

  /**
   * Exits with 0 when all was measured, whether or not goals were met; with 1 if something could
   * not be measured, 2 if the command was not understood.
   */
  public static void main(String[] args) throws Exception {
    Logger.getLogger("").setLevel(Level.SEVERE);
    Path caller = Path.of(System.getProperty("bb.caller", ""));
    int status = new Main(BENCHMARKS, System.out, System.err).run(List.of(args), caller);
    // What was measured may have left threads behind.
    System.exit(status);
  }

  int run(List<String> words, Path caller) throws IOException, InterruptedException {
    if (words.equals(List.of("--help")) || words.equals(List.of("help"))) {
      out.print(Command.help(known));
      return MEASURED;
    }
    try {
      return run(Command.parse(words, known, caller));
    } catch (UsageException e) {
      err.println("bb bench: " + e.getMessage());
      return NOT_UNDERSTOOD;
    }
  }

  private int run(Command command) throws IOException, InterruptedException {
    var begin = Clock.systemUTC().instant().truncatedTo(ChronoUnit.SECONDS);
    var machine = Machine.here(Contender.flags());
    var sections = new ArrayList<Section>();
    for (Benchmark benchmark : command.benchmarks()) {
      var setup = new Setup(command.isQuick(), err, command.parts());
      try {
        sections.add(benchmark.run(setup));
      } catch (InterruptedException e) {
        throw e;
      } catch (Exception e) {
        // What the others found is worth telling.
        err.printf("bb bench: %s could not be measured:%n", benchmark.name());
        e.printStackTrace(err);
      }
    }
    if (!sections.isEmpty()) {
      tell(new Report(command.text(), begin, command.isQuick(), machine, sections), command);
    }
    return sections.size() == command.benchmarks().size() ? MEASURED : FAILED;
  }

  private void tell(Report report, Command command) throws IOException {
    out.println(ReportText.of(report));
    Path json = command.json();
    if (json != null) {
      write(json, ReportJson.of(report));
    }
    Path charts = command.charts();
    if (charts != null) {
      int count = ReportPage.writeCharts(report, charts).size();
      out.printf("%d charts: %s%n", count, charts);
    }
    write(command.html(), ReportPage.of(report));
  }

  private void write(Path file, String text) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.writeString(file, text);
    out.println("report: " + file);
  }
}
