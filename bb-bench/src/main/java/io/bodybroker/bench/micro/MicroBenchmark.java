package io.bodybroker.bench.micro;

import io.bodybroker.bench.load.Contender;
import io.bodybroker.bench.report.Section;
import io.bodybroker.bench.run.Benchmark;
import io.bodybroker.bench.run.Setup;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runs this package's benchmarks of JMH, each in a JVM of its own, and tells how long a step takes
 * and what heap.
 */
public final class MicroBenchmark implements Benchmark {
  private static final List<Class<?>> CLASSES =
      List.of(
          CodecBenchmark.class,
          HeadersBenchmark.class,
          RoutingBenchmark.class,
          JsonBenchmark.class);

  /**
   * Of one measurement.
   *
   * @param sizes of messages, where there are several; empty for all
   */
  private record Extent(int warmUpMillis, int iterations, int millis, List<String> sizes) {
    static final Extent QUICK = new Extent(800, 2, 200, List.of("SMALL", "LARGE"));
    static final Extent FULL = new Extent(4_000, 4, 1_000, List.of());
  }

  @Override
  public String name() {
    return "micro";
  }

  @Override
  public String help() {
    return "single steps of a call with JMH: codec, headers, routes, the gateway's JSON";
  }

  @Override
  public Section run(Setup setup) throws RunnerException {
    var extent = setup.isQuick() ? Extent.QUICK : Extent.FULL;
    var results = new ArrayList<RunResult>();
    for (Class<?> each : CLASSES) {
      setup.say("micro: " + each.getSimpleName());
      results.addAll(run(each, extent, setup.progress()));
    }
    String text =
        """
        Single steps of a call by themselves, with JMH: each in a JVM of its own, on one thread, \
        %d iterations of %d ms after %d ms of warming up. In such a loop caches and branches are \
        warmer than in a service.\
        """
            .formatted(extent.iterations(), extent.millis(), extent.warmUpMillis());
    return new MicroFindings(results).section(name(), text);
  }

  private static Collection<RunResult> run(Class<?> benchmark, Extent extent, PrintStream progress)
      throws RunnerException {
    var options =
        new OptionsBuilder()
            .include("^" + Pattern.quote(benchmark.getName() + "."))
            .mode(Mode.AverageTime)
            .timeUnit(TimeUnit.NANOSECONDS)
            .forks(1)
            .jvmArgs(Contender.flags().toArray(String[]::new)) // whatever this process has
            .warmupIterations(1)
            .warmupTime(TimeValue.milliseconds(extent.warmUpMillis()))
            .measurementIterations(extent.iterations())
            .measurementTime(TimeValue.milliseconds(extent.millis()))
            .addProfiler(GCProfiler.class)
            .shouldFailOnError(true);
    if (!extent.sizes().isEmpty()) {
      options.param("size", extent.sizes().toArray(String[]::new));
    }
    // What the JVMs say is not a part of the report.
    var format = OutputFormatFactory.createFormatInstance(progress, VerboseMode.SILENT);
    return new Runner(options.build(), format).run();
  }
}
