package io.bodybroker.bench.load;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The program of a worker process: one end of a service, told what to do on its standard input, a
 * line each, and answering with a line each. It ends with its input, so that no worker outlives who
 * started it.
 */
public final class Worker {
  /** Begins an answer; whatever else a JVM writes on its standard output is none. */
  static final String ANSWER = "> ";

  private static final PrintStream OUT = System.out;

  private Worker() {}

  /**
   * Runs until the input ends.
   *
   * @param args the {@link Service}'s class, {@code serve} or {@code call}, and the address
   */
  public static void main(String[] args) throws Exception {
    Logger.getLogger("").setLevel(Level.SEVERE);
    System.setOut(System.err); // the answers are alone on standard output
    Service service =
        Class.forName(args[0]).asSubclass(Service.class).getDeclaredConstructor().newInstance();
    var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    if (args[1].equals("serve")) {
      try (var server = service.serve(args[2])) {
        say("address=" + server.address());
        answer(in, line -> used());
      }
    } else {
      try (var client = service.connect(args[2])) {
        say("address=" + args[2]);
        answer(in, line -> load(client, Load.decode(line)));
      }
    }
    System.exit(0); // contenders may leave threads behind
  }

  private static void say(String answer) {
    OUT.println(ANSWER + answer);
  }

  private interface Command {
    String run(Map<String, String> line) throws Exception;
  }

  private static void answer(BufferedReader in, Command command) throws Exception {
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      say(command.run(Words.of(line)));
    }
  }

  private static String used() {
    return Usage.now().encode();
  }

  private static String load(Service.Client client, Load load)
      throws InterruptedException, IOException {
    Target target = client.target(load.bytes());
    Usage before = Usage.now();
    Loads.Done done = load.on(target);
    Usage used = Usage.now().minus(before);
    return new Sample(
            done.calls(),
            done.errors(),
            done.nanos(),
            done.latency(),
            used.cpuNanos(),
            used.allocatedBytes())
        .encode();
  }
}
