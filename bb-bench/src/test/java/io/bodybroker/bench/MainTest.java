package io.bodybroker.bench;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import io.bodybroker.bench.report.Ratio;
import io.bodybroker.bench.report.Section;
import io.bodybroker.bench.run.Benchmark;
import io.bodybroker.bench.run.Setup;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MainTest {
  private record Fake(String name, List<String> parts) implements Benchmark {
    @Override
    public String help() {
      return "measures nothing";
    }

    @Override
    public Section run(Setup setup) {
      if (name.equals("broken")) {
        throw new IllegalStateException("it cannot");
      }
      var ratio = Ratio.atLeast(name + ".sdk/raw", setup.isQuick() ? 2 : 1, 1);
      return new Section(
          name, name, "Parts: " + setup.parts(), List.of(), List.of(ratio), List.of());
    }
  }

  private static final List<Benchmark> KNOWN =
      List.of(new Fake("rpc", List.of()), new Fake("services", List.of("auth", "payment")));

  @TempDir private Path folder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int run(List<Benchmark> known, String... words) throws Exception {
    return new Main(known, new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8))
        .run(List.of(words), folder);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "|no benchmark (expected: rpc, services, all)",
        "rcp|unknown benchmark \"rcp\" (expected: rpc, services, all)",
        "rpc --fast|unknown option \"--fast\" (expected: --quick, --json FILE, --html FILE, --charts DIR)",
        "rpc --json|--json: no value (expected: a file)",
        "rpc --charts --quick|--charts: \"--quick\" (expected: a folder)",
        "rpc auth|rpc: unexpected \"auth\" (expected: an option; it has no parts)",
        "services shop|services: unknown part \"shop\" (expected: auth, payment)",
        "all auth|all: unexpected \"auth\" (expected: an option; it has no parts)",
      })
  void saysWhichWordItDoesNotUnderstandAndWhatWouldBeRight(String words, String message)
      throws Exception {
    int status = run(KNOWN, words == null ? new String[0] : words.split(" ", -1));
    assertThat(status).isEqualTo(2);
    assertThat(err.toString(UTF_8)).isEqualTo("bb bench: " + message + "\n");
    assertThat(out.toString(UTF_8)).isEmpty();
  }

  @Test
  void writesTheReportInAllItsForms() throws Exception {
    int status =
        run(
            KNOWN,
            "services",
            "payment",
            "--quick",
            "--json",
            "r.json",
            "--html",
            "a/r.html",
            "--charts",
            "c");
    assertThat(err.toString(UTF_8)).isEmpty();
    assertThat(status).isZero();
    assertThat(out.toString(UTF_8))
        .contains("Parts: [payment]", "1 of 1 goals met", "report: " + folder.resolve("a/r.html"));
    var json = JsonParser.parseString(Files.readString(folder.resolve("r.json"))).getAsJsonObject();
    assertThat(json.get("command").getAsString()).isEqualTo("./bb bench services payment --quick");
    assertThat(json.getAsJsonObject("ratios").keySet()).containsExactly("services.sdk/raw");
    assertThat(folder.resolve("a/r.html")).content().startsWith("<!DOCTYPE html>");
    assertThat(folder.resolve("c")).isDirectory();
  }

  @Test
  void tellsWhatTheOthersFoundIfOneCannotBeMeasured() throws Exception {
    var known = List.<Benchmark>of(new Fake("broken", List.of()), new Fake("rpc", List.of()));
    assertThat(run(known, "all", "--html", "r.html")).isEqualTo(1);
    assertThat(err.toString(UTF_8)).contains("bb bench: broken could not be measured", "it cannot");
    assertThat(folder.resolve("r.html")).content().contains("rpc.").doesNotContain("id=\"broken\"");
  }

  @Test
  void helps() throws Exception {
    assertThat(run(Main.BENCHMARKS, "--help")).isZero();
    assertThat(out.toString(UTF_8))
        .contains(
            "usage: ./bb bench <benchmark>",
            "--quick",
            "--charts DIR",
            "parts of services: auth, ");
    for (Benchmark benchmark : Main.BENCHMARKS) {
      assertThat(out.toString(UTF_8)).contains("  " + benchmark.name() + " ");
    }
  }

  @Test
  void knowsEachBenchmarkOnce() {
    assertThat(Main.BENCHMARKS).extracting(Benchmark::name).doesNotHaveDuplicates();
  }
}
