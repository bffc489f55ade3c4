package io.bodybroker.cli;

import java.util.List;
import java.util.concurrent.CountDownLatch;

/** {@code bb up}: the whole game on this machine, until Ctrl-C. */
final class UpCommand {
  private final UpOptions options;
  private final LocalSystem system;
  private final CountDownLatch ended = new CountDownLatch(1);

  private UpCommand(UpOptions options) {
    this.options = options;
    this.system =
        new LocalSystem(options, new StatusTable(System.out, Boolean.getBoolean("bb.terminal")));
  }

  static void run(List<String> words) throws InterruptedException {
    UpOptions options = UpOptions.parse(words);
    options.requireFreePorts();
    CommandLogging.toFile(options.logs().resolve("bb-up.log"));
    new UpCommand(options).run();
  }

  private void run() throws InterruptedException {
    // By signal or by failure, the end is the same: everything opened is closed, last opened first.
    Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().name("down").unstarted(this::end));
    try {
      system.start();
      greet();
      ended.await();
    } catch (RuntimeException e) {
      system.close();
      throw e;
    }
  }

  private void end() {
    system.close();
    ended.countDown();
  }

  private void greet() {
    System.out.printf(
        "%nAll ready. Try:%n"
            + "  curl http://127.0.0.1:%1$d/v1/worlds/veridian/time%n"
            + "  curl http://127.0.0.1:%1$d/v1/worlds/veridian/weather%n"
            + "  curl http://127.0.0.1:%1$d/openapi.json%n"
            + "Health and metrics: http://127.0.0.1:%2$d/health/ready and /metrics%n"
            + "Logs: %3$s%n"
            + "Ctrl-C ends everything.%n",
        options.gatewayPort(), options.healthPort(), options.logs());
  }
}
