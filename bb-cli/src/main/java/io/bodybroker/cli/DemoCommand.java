package io.bodybroker.cli;

import io.bodybroker.auth.v1.Role;
import io.bodybroker.cli.demo.Evening;
import io.bodybroker.cli.demo.UnexpectedTurn;
import io.bodybroker.sdk.Bus;
import io.bodybroker.sdk.config.BusConfig;
import io.bodybroker.testkit.DirectoryTree;
import io.bodybroker.testkit.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * {@code bb demo}: one evening in a game of its own, which begins with nothing, on ports that are
 * free, and is gone when the story is told.
 */
final class DemoCommand {
  private DemoCommand() {}

  static void run(List<String> words) throws InterruptedException {
    var arguments = Arguments.parse(words, Set.of(), Set.of());
    if (!arguments.words().isEmpty()) {
      throw CommandException.usage("usage: bb demo");
    }
    Path data = temporary();
    var options = onFreePorts(data);
    CommandLogging.toFile(options.logs().resolve("bb-demo.log"));
    var table = new StatusTable(System.out, Boolean.getBoolean("bb.terminal"));
    try (var system = new LocalSystem(options, table)) {
      system.start();
      play(options);
    } catch (UnexpectedTurn e) {
      throw CommandException.failed(
          "the story took another turn: %s; the logs are in %s"
              .formatted(e.getMessage(), options.logs()));
    }
    DirectoryTree.delete(data);
  }

  private static void play(UpOptions options) throws InterruptedException {
    var config = BusConfig.builder().name("bb-demo").natsUrls(List.of(options.natsUrl())).build();
    try (var bus = Connecting.toStreams(config)) {
      SessionCommands.grant(bus, Evening.MASTER, Role.OPERATOR);
      new Evening(
              URI.create("http://127.0.0.1:" + options.gatewayPort()),
              DevelopmentIssuer.existing(options.data())::ticket,
              () -> audited(bus),
              System.out)
          .play("ada");
    }
  }

  private static String audited(Bus bus) {
    var report = AuditCommand.audit(bus);
    if (!report.isClean()) {
      throw CommandException.failed("the books are wrong: " + report.findings());
    }
    return "An auditor recomputes %d entries of %d accounts: 0 differences."
        .formatted(report.entries(), report.accounts());
  }

  private static UpOptions onFreePorts(Path data) {
    List<Integer> ports = Ports.find(4);
    return new UpOptions(false, 1, ports.get(0), ports.get(1), ports.get(2), ports.get(3), data);
  }

  private static Path temporary() {
    try {
      return Files.createTempDirectory("bb-demo-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
