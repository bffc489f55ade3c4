package io.bodybroker.bench.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.bodybroker.bench.load.Contender;
import io.bodybroker.bench.load.Load;
import io.bodybroker.bench.load.Load.Style;
import io.bodybroker.testkit.NatsServer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NatsCTest {
  private static final Path SOURCES = Path.of("contenders/c");

  @TempDir private Path folder;

  @Test
  void saysWhichCompilerIsMissing() throws Exception {
    assertThat(NatsC.compile("no-such-compiler", SOURCES, folder.resolve("echo")))
        .contains("no C compiler found (looked for no-such-compiler on PATH)");
  }

  @Test
  void saysWhatTheCompilerMissed() throws Exception {
    Path compiler = folder.resolve("compiler");
    Files.writeString(
        compiler,
        """
        #!/bin/sh
        echo 'In file included from echo.c:1:' >&2
        echo 'echo.c:1:10: fatal error: nats/nats.h: No such file or directory' >&2
        echo 'compilation terminated.' >&2
        exit 1
        """);
    assertThat(compiler.toFile().setExecutable(true)).isTrue();
    assertThat(NatsC.compile(compiler.toString(), SOURCES, folder.resolve("echo")))
        .hasValueSatisfying(problem ->
            assertThat(problem)
                .contains("libnats-dev")
                .endsWith("fatal error: nats/nats.h: No such file or directory"));
  }

  /** With both ways of sending; and each load right after the other, on the same connections. */
  @Test
  void callsInAllStyles() throws Exception {
    Path program = folder.resolve("echo");
    var problem = NatsC.compile("gcc", SOURCES, program);
    assumeTrue(problem.isEmpty(), () -> problem.orElse(""));
    try (var nats = NatsServer.start();
        var contender = Contender.start(NatsC.NAME, program, nats.url())) {
      answersAll(contender, new Load(Style.BLOCKING, 256, 4, 100));
      answersAll(contender, new Load(Style.ASYNC, 65_536, 4, 100));
      answersAll(contender, new Load(Style.ASYNC, 16, 512, 100));
      var open = answersAll(contender, new Load(Style.OPEN, 256, 200, 250));
      assertThat(open).as("calls of 200 a second in 250 ms").isEqualTo(50);
    }
  }

  private static long answersAll(Contender contender, Load load) throws Exception {
    var sample = contender.run(load);
    assertThat(sample.errors()).as("errors with %s", load).isZero();
    assertThat(sample.calls()).as("calls with %s", load).isPositive();
    assertThat(sample.latency().getTotalCount()).isEqualTo(sample.calls());
    assertThat(sample.latency().getMinValue()).isPositive();
    assertThat(sample.latency().getMaxValue()).isLessThanOrEqualTo(2_000_000_000L);
    assertThat(sample.nanos()).isGreaterThanOrEqualTo((load.millis() - 20) * 1_000_000L);
    assertThat(sample.cpuNanos()).isPositive();
    assertThat(sample.allocatedBytes()).isZero();
    return sample.calls();
  }
}
