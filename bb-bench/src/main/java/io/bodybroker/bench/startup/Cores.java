package io.bodybroker.bench.startup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The first processor for what is measured, the others for what measures and for nats-server: this
 * process moves there, and so does all that it starts from then on, until this is closed.
 */
final class Cores implements AutoCloseable {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final String ALLOWED = "Cpus_allowed_list:";

  private final List<Integer> all;
  private final boolean isApart;

  private Cores(List<Integer> all, boolean isApart) {
    this.all = all;
    this.isApart = isApart;
  }

  /** Divides them, where there are two and the command {@code taskset} for it. */
  static Cores divide() throws IOException, InterruptedException {
    var all = allowed();
    boolean isApart = all.size() > 1 && move(all.subList(1, all.size()));
    return new Cores(all, isApart);
  }

  private static List<Integer> allowed() throws IOException {
    var cores = new ArrayList<Integer>();
    if (!Files.isReadable(STATUS)) {
      return cores;
    }
    for (String line : Files.readAllLines(STATUS)) {
      if (line.startsWith(ALLOWED)) {
        for (String range : line.substring(ALLOWED.length()).strip().split(",", -1)) {
          String[] ends = range.split("-", -1);
          for (int core = number(ends[0]); core <= number(ends[ends.length - 1]); core++) {
            cores.add(core);
          }
        }
      }
    }
    return cores;
  }

  private static int number(String text) {
    return Integer.parseInt(text);
  }

  private static boolean move(List<Integer> cores) throws InterruptedException {
    String list = String.join(",", cores.stream().map(String::valueOf).toList());
    String self = Long.toString(ProcessHandle.current().pid());
    try {
      return new ProcessBuilder("taskset", "--all-tasks", "--cpu-list", "--pid", list, self)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException thereIsNoTaskset) {
      return false;
    }
  }

  /** What a command begins with that is to run on the first processor alone. */
  List<String> ofTheService() {
    return isApart ? List.of("taskset", "--cpu-list", all.getFirst().toString()) : List.of();
  }

  @Override
  public String toString() {
    return isApart
        ? "the service alone on processor %d, nats-server and this program on %s"
            .formatted(all.getFirst(), all.subList(1, all.size()))
        : "the service shares the processors with nats-server and this program (no second one, or"
            + " no command taskset)";
  }

  @Override
  public void close() throws InterruptedException {
    if (isApart) {
      move(all);
    }
  }
}
