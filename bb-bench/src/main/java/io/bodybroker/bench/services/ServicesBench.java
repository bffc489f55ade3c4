package io.bodybroker.bench.services;

import io.bodybroker.bench.report.Chart;
import io.bodybroker.bench.report.Chart.Best;
import io.bodybroker.bench.report.Chart.Kind;
import io.bodybroker.bench.report.ChartBuilder;
import io.bodybroker.bench.report.Ratio;
import io.bodybroker.bench.report.Section;
import io.bodybroker.bench.report.Stat;
import io.bodybroker.bench.run.Benchmark;
import io.bodybroker.bench.run.Setup;
import io.bodybroker.sdk.Bus;
import io.bodybroker.sdk.config.BusConfig;
import io.bodybroker.sdk.host.ServiceHost;
import io.bodybroker.sdk.host.ServiceModule;
import io.bodybroker.testkit.NatsServer;
import io.bodybroker.testkit.RedisServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/**
 * The services, two instances of each on real servers: how many calls a second so many callers get
 * answered who each wait for the answer before they ask again, and how long they wait.
 *
 * <p>Callers, both instances, NATS and Redis share this machine, so this is what the whole costs,
 * not what a service alone could do.
 */
public final class ServicesBench implements Benchmark {
  private static final Duration BOUND = Duration.ofSeconds(60);
  private static final int INSTANCES = 2;

  /** Callers that wait: enough to keep two cores at work. */
  private static final int CALLERS = 64;

  /** Reads a second of a service. */
  private static final int GOAL = 10_000;

  /** The charts as far as they are filled. */
  private record Found(
      ChartBuilder reads, ChartBuilder writes, ChartBuilder waits, List<Ratio> ratios) {
    static Found none() {
      return new Found(
          chart("reads", "Reads a second", "calls/s", Best.MORE),
          chart("writes", "Writes a second", "calls/s", Best.MORE),
          chart("latency", "How long callers wait", "ms", Best.LESS),
          new ArrayList<>());
    }

    private static ChartBuilder chart(String id, String title, String y, Best best) {
      return new ChartBuilder("services-" + id, title, Kind.BARS, "service", y, best);
    }

    List<Chart> charts() {
      return List.of(reads.build(), writes.build(), waits.build());
    }
  }

  @Override
  public String name() {
    return "services";
  }

  @Override
  public String help() {
    return "each service's main read and write, two instances of each";
  }

  @Override
  public List<String> parts() {
    return ServiceLoads.all().stream().map(ServiceLoad::service).toList();
  }

  /** Measures those services, one after the other, each on servers of its own. */
  @Override
  public Section run(Setup setup) throws Exception {
    var duration = Duration.ofMillis(setup.pick(8_000, 500));
    var found = Found.none();
    for (ServiceLoad load : ServiceLoads.all()) {
      if (setup.isWanted(load.service())) {
        setup.say("services: " + load.service());
        run(load, duration, found);
      }
    }
    return new Section(
        name(), "The services", text(duration), found.charts(), found.ratios(), List.of());
  }

  private static String text(Duration duration) {
    return """
    The main read and the main write of each service, %d instances on servers of its own, %d \
    callers who each wait for the answer before they ask again, %,d documents, %.1f s each. Callers, \
    both instances, nats-server and redis-server share the processors, so this is what the whole \
    costs. The goal is %,d reads a second.\
    """
        .formatted(INSTANCES, CALLERS, ServiceLoad.DOCUMENTS, duration.toMillis() / 1e3, GOAL);
  }

  private static void run(ServiceLoad load, Duration duration, Found found) throws Exception {
    var hosts = new ArrayList<ServiceHost>();
    try (var nats = NatsServer.start();
        var redis = RedisServer.start()) {
      var config =
          BusConfig.builder()
              .name("bench")
              .natsUrls(List.of(nats.url()))
              .redisUrl(redis.url())
              .callTimeout(Duration.ofSeconds(10))
              .healthHost("127.0.0.1")
              .healthPort(0)
              .build();
      try (var bus = Bus.connect(config)) {
        for (int i = 0; i < INSTANCES; i++) {
          var modules = load.modules().make().toArray(ServiceModule[]::new);
          var host = ServiceHost.builder(modules).config(config).start();
          hosts.add(host);
          require(host.awaitReady(BOUND), load.service() + " is not ready");
        }
        require(bus.awaitConnected(BOUND), "not connected");
        var calls = load.open().on(bus);
        // On and on, because a call that is made again may do nothing.
        var turns = new AtomicLong(ServiceLoad.DOCUMENTS);
        double reads =
            measure(
                load.service() + " " + calls.read(),
                calls.reading(),
                turns,
                duration,
                found.reads(),
                found.waits());
        found
            .ratios()
            .add(Ratio.atLeast("services.read." + load.service() + "/" + GOAL, reads / GOAL, 1));
        measure(
            load.service() + " " + calls.write(),
            calls.writing(),
            turns,
            duration,
            found.writes(),
            found.waits());
      } finally {
        hosts.forEach(ServiceHost::close);
      }
    }
  }

  /** A second. */
  private static double measure(
      String label,
      ServiceLoad.Call call,
      AtomicLong turns,
      Duration duration,
      ChartBuilder rates,
      ChartBuilder waits)
      throws Exception {
    run(call, turns, duration.dividedBy(2));
    long begin = System.nanoTime();
    var latencies = run(call, turns, duration);
    double rate = latencies.getTotalCount() * 1e9 / (System.nanoTime() - begin);
    rates.add("sdk", label, Stat.of(rate));
    waits.add("p50", label, Stat.of(latencies.getValueAtPercentile(50) / 1e3));
    waits.add("p99", label, Stat.of(latencies.getValueAtPercentile(99) / 1e3));
    return rate;
  }

  /** Latencies in microseconds. */
  private static Histogram run(ServiceLoad.Call call, AtomicLong turns, Duration duration)
      throws Exception {
    var latencies = new ConcurrentHistogram(BOUND.toNanos() / 1_000, 3);
    long end = System.nanoTime() + duration.toNanos();
    Callable<Void> caller =
        () -> {
          while (System.nanoTime() - end < 0) {
            long begin = System.nanoTime();
            call.make(turns.getAndIncrement());
            latencies.recordValue((System.nanoTime() - begin) / 1_000);
          }
          return null;
        };
    try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
      var running = new ArrayList<Future<Void>>();
      for (int i = 0; i < CALLERS; i++) {
        running.add(callers.submit(caller));
      }
      for (Future<Void> one : running) {
        one.get();
      }
    }
    return latencies;
  }

  private static void require(boolean condition, String otherwise) {
    if (!condition) {
      throw new IllegalStateException(otherwise + " within " + BOUND);
    }
  }
}
