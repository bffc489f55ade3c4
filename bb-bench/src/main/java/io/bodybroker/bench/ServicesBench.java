package io.bodybroker.bench;

import io.bodybroker.sdk.Bus;
import io.bodybroker.sdk.config.BusConfig;
import io.bodybroker.sdk.host.ServiceHost;
import io.bodybroker.sdk.host.ServiceModule;
import io.bodybroker.testkit.NatsServer;
import io.bodybroker.testkit.RedisServer;
import java.io.PrintStream;
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
final class ServicesBench {
  private static final Duration BOUND = Duration.ofSeconds(60);
  private static final int INSTANCES = 2;

  /** Callers that wait: enough to keep two cores at work. */
  private static final int CALLERS = 64;

  private final int seconds;
  private final PrintStream out;

  /**
   * @param seconds each call is measured for, after half as long to warm up
   */
  ServicesBench(int seconds, PrintStream out) {
    this.seconds = seconds;
    this.out = out;
  }

  /** Measures those services, one after the other, each on servers of its own. */
  void run(List<ServiceLoad> loads) throws Exception {
    out.printf("%d instances, %d callers, %d s each%n%n", INSTANCES, CALLERS, seconds);
    out.printf(
        "%-26s %-22s %12s %9s %9s %9s%n",
        "service", "method", "calls/s", "p50 ms", "p99 ms", "max ms");
    for (ServiceLoad load : loads) {
      run(load);
    }
  }

  private void run(ServiceLoad load) throws Exception {
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
        measure(load.service(), calls.read(), calls.reading(), turns);
        measure(load.service(), calls.write(), calls.writing(), turns);
      } finally {
        hosts.forEach(ServiceHost::close);
      }
    }
  }

  private void measure(String service, String method, ServiceLoad.Call call, AtomicLong turns)
      throws Exception {
    run(call, turns, Duration.ofMillis(seconds * 500L));
    var latencies = run(call, turns, Duration.ofSeconds(seconds));
    out.printf(
        "%-26s %-22s %,12.0f %9.2f %9.2f %9.2f%n",
        service,
        method,
        (double) latencies.getTotalCount() / seconds,
        latencies.getValueAtPercentile(50) / 1e3,
        latencies.getValueAtPercentile(99) / 1e3,
        latencies.getMaxValue() / 1e3);
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
