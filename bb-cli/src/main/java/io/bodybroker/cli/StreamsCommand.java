package io.bodybroker.cli;

import io.bodybroker.gateway.json.JsonText;
import io.bodybroker.sdk.Bus;
import io.bodybroker.sdk.config.BusConfig;
import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.sdk.event.ConsumerReport;
import io.bodybroker.sdk.rpc.ServiceContract;
import io.bodybroker.sdk.stream.Difference;
import io.bodybroker.sdk.stream.StreamReport;
import io.bodybroker.sdk.stream.StreamSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * {@code bb streams}: declared streams and consumers against those there are; {@code apply} makes
 * the streams so.
 */
final class StreamsCommand {
  private static final String ROW = "%-20s %-14s %8s %12s %14s  %s%n";
  private static final String CONSUMER = "%-28s %-14s %-20s %10s %10s %10s %10s%n";

  private StreamsCommand() {}

  static void run(List<String> words) throws InterruptedException {
    var arguments = Arguments.parse(words, Set.of("--json"), Set.of());
    boolean apply = arguments.words().equals(List.of("apply"));
    if (!apply && !arguments.words().isEmpty()) {
      throw CommandException.usage("usage: bb streams [apply] [--json]");
    }
    try (var bus = Connecting.toStreams()) {
      List<String> refused = apply ? apply(bus) : List.of();
      List<StreamReport> reports = declared(bus).map(bus.streams()::report).toList();
      List<ConsumerReport> consumers = bus.consumers().reports();
      if (arguments.has("--json")) {
        reports.forEach(report -> System.out.println(JsonText.of(tree(report))));
        consumers.forEach(report -> System.out.println(JsonText.of(tree(report))));
      } else {
        print(reports);
        printConsumers(consumers);
      }
      if (!refused.isEmpty()) {
        throw CommandException.failed(
            "left as they are, since messages would be lost: " + String.join(", ", refused));
      }
    }
  }

  /** Those of events, then those of journals. */
  private static Stream<StreamSpec> declared(Bus bus) {
    return Stream.concat(
        bus.streams().catalog().streams().stream(),
        DeclaredStores.journals(ServiceContract.onClassPath()).stream());
  }

  /** Makes all so that can be; one that cannot keeps no other from it. */
  private static List<String> apply(Bus bus) {
    var refused = new ArrayList<String>();
    for (StreamSpec stream : declared(bus).toList()) {
      try {
        bus.streams().reconcile(stream);
      } catch (ServiceException e) {
        if (e.code() != ErrorCode.FAILED_PRECONDITION) {
          throw e;
        }
        refused.add(stream.name());
      }
    }
    DeclaredStores.make(bus, BusConfig.fromEnvironment());
    return refused;
  }

  private static void print(List<StreamReport> reports) {
    System.out.printf(ROW, "STREAM", "STATE", "REPLICAS", "MESSAGES", "BYTES", "SUBJECTS");
    for (StreamReport report : reports) {
      System.out.printf(
          ROW,
          report.spec().name(),
          state(report),
          report.replicas(),
          report.messages(),
          report.bytes(),
          String.join(" ", report.spec().subjects()));
      for (Difference difference : report.differences()) {
        System.out.println("    " + difference + remark(difference));
      }
    }
  }

  private static void printConsumers(List<ConsumerReport> reports) {
    if (reports.isEmpty()) {
      return;
    }
    System.out.println();
    System.out.printf(
        CONSUMER, "CONSUMER", "STATE", "STREAM", "WAITING", "AT WORK", "AGAIN", "FINISHED");
    for (ConsumerReport report : reports) {
      System.out.printf(
          CONSUMER,
          report.name(),
          state(report),
          report.stream(),
          report.waiting(),
          report.atWork(),
          report.redelivered(),
          report.finishedUpTo());
      for (Difference difference : report.differences()) {
        System.out.println("    " + difference + remark(difference));
      }
    }
  }

  private static String state(ConsumerReport report) {
    if (!report.exists()) {
      return "missing";
    }
    if (!report.isDeclared()) {
      return "not declared";
    }
    return report.isAsDeclared() ? "as declared" : "differs";
  }

  private static Map<String, Object> tree(ConsumerReport report) {
    var tree = new LinkedHashMap<String, Object>();
    tree.put("consumer", report.name());
    tree.put("state", state(report));
    tree.put("stream", report.stream());
    tree.put("waiting", report.waiting());
    tree.put("atWork", report.atWork());
    tree.put("redelivered", report.redelivered());
    tree.put("finishedUpTo", report.finishedUpTo());
    tree.put("differences", report.differences().stream().map(Difference::toString).toList());
    return tree;
  }

  private static String remark(Difference difference) {
    return switch (difference.kind()) {
      case CHANGED -> "";
      case LOOSER -> ", and is left alone: it keeps more";
      case REFUSED -> ", and cannot be changed safely";
    };
  }

  private static Map<String, Object> tree(StreamReport report) {
    var tree = new LinkedHashMap<String, Object>();
    tree.put("stream", report.spec().name());
    tree.put("state", state(report));
    tree.put("replicas", report.replicas());
    tree.put("messages", report.messages());
    tree.put("bytes", report.bytes());
    tree.put("subjects", report.spec().subjects());
    tree.put("differences", report.differences().stream().map(Difference::toString).toList());
    return tree;
  }

  private static String state(StreamReport report) {
    if (!report.exists()) {
      return "missing";
    }
    if (report.isAsDeclared()) {
      return "as declared";
    }
    if (report.isRefused()) {
      return "refused";
    }
    return report.isToBeChanged() ? "differs" : "keeps more";
  }
}
