package io.bodybroker.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import io.bodybroker.cli.Bb;
import io.bodybroker.cli.RunningUp;
import io.bodybroker.testkit.NatsServer;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** Every {@code curl} and {@code ./bb} command that a page shows works on a fresh system. */
@TestInstance(Lifecycle.PER_CLASS)
class CommandsTest {
  private static final Set<String> ON_THE_SYSTEM =
      Set.of(
          "call",
          "session",
          "ticket",
          "services",
          "streams",
          "dlq",
          "audit",
          "backup",
          "permissions");
  private static final String GATEWAY = "127.0.0.1:8000";
  private static final String HEALTH = "127.0.0.1:8080";

  /** Pages show their names below this one; each command runs in a directory of its own. */
  private static final String BACKUPS = "backups/";

  private Path backups;
  private RunningUp up;
  private String token = "";
  private NatsServer empty;

  /** What a page has put into variables. Where it shows {@code $TOKEN} alone, an operator's is. */
  private final Map<Path, Map<String, String>> variables = new HashMap<>();

  @BeforeAll
  void start(@TempDir Path data) throws InterruptedException {
    backups = data.resolve(BACKUPS);
    up = RunningUp.start(data.resolve("up"));
    token = up.operatorToken();
    empty = NatsServer.start();
    ShownDeadLetters.put(Objects.requireNonNull(up.environment().get("NATS_URL")));
  }

  @AfterAll
  void end() {
    empty.close();
    up.close();
  }

  @TestFactory
  Stream<DynamicTest> shownOnPages() {
    List<CodeBlock> blocks =
        CodeBlock.all().stream()
            .filter(block -> block.language().equals("sh"))
            // The guides there are about systems of their own; GuideTest follows them.
            .filter(block -> !block.page().startsWith("examples"))
            .toList();
    return blocks.stream()
        .flatMap(block ->
            ShellCommand.lines(block)
                .map(line ->
                    DynamicTest.dynamicTest(
                        block.page() + ": " + line, () -> run(block.page(), line))));
  }

  private void run(Path page, String line) {
    var ofPage = variables.computeIfAbsent(page, each -> new HashMap<>(Map.of("TOKEN", token)));
    var command = ShellCommand.parse(line, ofPage);
    if (command.is("curl")) {
      curl(command);
    } else if (command.is("./bb", "restore")) {
      bb(command, Map.of("NATS_URL", empty.url()));
    } else if (ON_THE_SYSTEM.stream().anyMatch(name -> command.is("./bb", name))) {
      var printed = bb(command, up.environment());
      command.variable().ifPresent(name -> ofPage.put(name, printed));
    } else {
      assertThat(command.variable()).as("is taken from what is not run here").isEmpty();
      // What sets things up or takes long has tests of its own, or is what runs this one.
      assertThat(command.toString())
          .matches(
              "(git clone .*|cd .*|([A-Z_]+=\\S+ )*java -jar \\S+\\.jar|\\./bb (up|demo|new|soak|bench|test|format|help|contracts|api).*|mvn .*)");
    }
  }

  /** Returns what it printed. */
  private String bb(ShellCommand command, Map<String, String> environment) {
    var words =
        command.words().stream()
            .skip(1)
            .map(word ->
                word.startsWith(BACKUPS)
                    ? backups.resolve(word.substring(BACKUPS.length())).toString()
                    : word)
            .toArray(String[]::new);
    try (var program = Bb.run(environment, words)) {
      assertThat(program.awaitEnd()).as(program.output()).isZero();
      return program.output().strip();
    }
  }

  private void curl(ShellCommand command) {
    String url =
        command.words().stream().filter(word -> word.contains("127.0.0.1")).findFirst().orElse("");
    String here =
        url.replace(GATEWAY, "127.0.0.1:" + up.gatewayPort())
            .replace(HEALTH, "127.0.0.1:" + up.healthPort());
    String body = String.join("", command.after("-d"));
    String method =
        command.after("-X").stream().findFirst().orElse(body.isEmpty() ? "GET" : "POST");
    var request =
        HttpRequest.newBuilder(URI.create(here.startsWith("http") ? here : "http://" + here))
            .method(method, BodyPublishers.ofString(body));
    for (String header : command.after("-H")) {
      String[] parts = header.split(":\\s*", 2);
      request.header(parts[0], parts[1]);
    }
    if (command.words().contains("-N")) {
      assertThat(up.begin(request.build())).isEqualTo(200);
      return;
    }
    var response = up.send(request.build());
    assertThat(response.statusCode()).as(response.body()).isBetween(200, 299);
  }
}
