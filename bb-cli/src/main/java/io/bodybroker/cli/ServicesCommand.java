package io.bodybroker.cli;

import io.bodybroker.sdk.Bus;
import io.bodybroker.sdk.config.BusConfig;
import io.bodybroker.sdk.rpc.ServiceInstance;
import io.bodybroker.sdk.rpc.ServiceInstance.EndpointStatus;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** {@code bb services}: who is running, and how they fare. */
final class ServicesCommand {
  private static final String ROW = "%-20s %-32s %-8s %10s %9s %10s %8s%n";

  private ServicesCommand() {}

  static void run(List<String> words) throws InterruptedException {
    var arguments = Arguments.parse(words, Set.of(), Set.of("--wait"));
    if (!arguments.words().isEmpty()) {
      throw CommandException.usage("services takes no " + arguments.words());
    }
    Duration listenFor = arguments.duration("--wait", Duration.ofMillis(500));
    try (var bus = Connecting.toBus(BusConfig.fromEnvironment())) {
      print(bus, listenFor, System.out);
    }
  }

  private static void print(Bus bus, Duration listenFor, PrintStream out) {
    List<ServiceInstance> found = bus.discovery().findAll(listenFor);
    if (found.isEmpty()) {
      throw CommandException.failed("no service answered within " + listenFor.toMillis() + " ms");
    }
    out.printf(ROW, "SERVICE", "INSTANCE", "VERSION", "UP", "REQUESTS", "ERRORS", "MEAN");
    for (ServiceInstance instance : found) {
      long requests = sum(instance, EndpointStatus::requests);
      out.printf(
          ROW,
          instance.service(),
          instance.instance(),
          instance.version(),
          Duration.between(instance.started(), Instant.now()).toSeconds() + " s",
          requests,
          sum(instance, EndpointStatus::errors),
          mean(instance, requests));
    }
  }

  private static long sum(
      ServiceInstance instance, java.util.function.ToLongFunction<EndpointStatus> figure) {
    return instance.endpoints().stream().mapToLong(figure).sum();
  }

  private static String mean(ServiceInstance instance, long requests) {
    long nanos = sum(instance, endpoint -> endpoint.averageTime().toNanos() * endpoint.requests());
    return requests == 0 ? "-" : "%.2f ms".formatted(nanos / 1e6 / requests);
  }
}
