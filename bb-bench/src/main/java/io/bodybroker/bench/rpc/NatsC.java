package io.bodybroker.bench.rpc;

import io.bodybroker.bench.load.Contender;
import io.bodybroker.bench.load.Contenders;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The NATS C client, as the limit of what a client of NATS can do. Its ends are a program in C,
 * which is compiled here where there is a compiler and the client's library; nothing is installed.
 * Where one of them is missing the others are measured without it.
 */
final class NatsC {
  static final String NAME = "nats.c";

  /** The quick form has less than a minute, and needs it for what the goals are about. */
  static final String LEFT_OUT =
      "nats.c is measured in the full form only, to be done in a minute.";

  private static final String COMPILER = "gcc";

  private NatsC() {}

  /**
   * Compiles and starts it beside others. It needs no warm-up, so there is none after those others
   * have had theirs.
   *
   * @param bench this module's directory
   * @return a note for the report: what it is, or why it is not measured
   */
  static String join(Contenders contenders, Path bench, String natsUrl)
      throws IOException, InterruptedException {
    Path target = bench.resolve("target/nats-c");
    Files.createDirectories(target);
    Path program = target.resolve("echo");
    var problem = compile(COMPILER, bench.resolve("contenders/c"), program);
    if (problem.isPresent()) {
      return "nats.c is not measured: %s.".formatted(problem.get());
    }
    var version = run(bench, program.toString(), "version");
    if (version.status() != 0) { // a library that was found for the compiler only, for example
      return "nats.c is not measured: it does not run: %s.".formatted(version.reason());
    }
    contenders.add(Contender.start(NAME, program, natsUrl));
    return """
    nats.c is the C client %s without a JVM, the limit of what a client of NATS can do: its \
    callers who wait are threads of the system, and its calls under way begin in the handler of \
    an inbox. It sends each message at once, with 256 calls under way and more what has gathered \
    in a millisecond. It has no heap that could be counted.\
    """
        .formatted(version.output().strip());
  }

  /**
   * Compiles the program, anew each time: it takes less than a second, and the library may have
   * changed.
   *
   * @param sources the directory of its source
   * @return nothing if it is compiled, or why it is not
   */
  static Optional<String> compile(String compiler, Path sources, Path program)
      throws IOException, InterruptedException {
    String[] command = {
      compiler,
      "-std=gnu11",
      "-O2",
      "-pthread",
      "-o",
      program.toAbsolutePath().toString(),
      "echo.c",
      "-lnats"
    };
    Ran compiled;
    try {
      compiled = run(sources, command);
    } catch (IOException thereIsNone) {
      return Optional.of("no C compiler found (looked for %s on PATH)".formatted(compiler));
    }
    return compiled.status() == 0
        ? Optional.empty()
        : Optional.of(
            "%s could not compile it (it needs the library nats.c, in Debian libnats-dev): %s"
                .formatted(compiler, compiled.reason()));
  }

  private record Ran(int status, String output) {
    /**
     * The first line that names an error; those before it say where, those after it what follows.
     */
    String reason() {
      var lines = output.lines().filter(line -> !line.isBlank()).toList();
      return lines.stream()
          .filter(line -> line.contains("error") || line.contains("cannot find"))
          .findFirst()
          .or(() -> lines.stream().findFirst())
          .orElse("it said nothing");
    }
  }

  private static Ran run(Path directory, String... command)
      throws IOException, InterruptedException {
    var builder =
        new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
    builder.environment().put("LC_ALL", "C"); // so that errors are called so
    Process process = builder.start();
    try {
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return new Ran(process.waitFor(), output);
    } finally {
      process.destroy();
    }
  }
}
