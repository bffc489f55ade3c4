package io.bodybroker.outside;

import static org.assertj.core.api.Assertions.assertThat;

import io.bodybroker.documentation.CodeBlock;
import io.bodybroker.testkit.Ports;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The guide in {@code examples/box-office/README.md}, followed word for word. */
@Timeout(600)
class GuideTest {
  private static final Pattern CHANGING =
      Pattern.compile("\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

  @TempDir private Path folder;
  private @Nullable OwnPorts ports;

  @Test
  void worksAsItSays() throws Exception {
    var machine = Machine.in(folder);
    List<CodeBlock> blocks = CodeBlock.of(Path.of("../examples/box-office/README.md")).toList();
    try (var terminal = machine.terminal()) {
      for (int i = 0; i < blocks.size(); i++) {
        if (blocks.get(i).language().equals("sh")) {
          boolean hasAnswer = i + 1 < blocks.size() && blocks.get(i + 1).language().equals("text");
          follow(terminal, blocks.get(i), hasAnswer ? blocks.get(i + 1).text() : "");
        }
      }
    }
    assertLibrariesAreThoseThatAreTestedHere(folder.resolve("box-office/target/box-office.jar"));
  }

  private void follow(Terminal terminal, CodeBlock block, String answer) {
    var used = ports;
    // Chosen late, so that they are still free when they are used.
    if (used == null && block.text().contains("nats-server ")) {
      used = OwnPorts.choose();
      terminal.run(used.settings());
      ports = used;
    }
    String commands = used == null ? block.text() : used.in(block.text());
    long begin = System.nanoTime();
    var result = terminal.run(commands);
    System.getLogger(GuideTest.class.getName())
        .log(
            System.Logger.Level.INFO,
            "{0} ms: {1}",
            (System.nanoTime() - begin) / 1_000_000,
            block.text().strip());
    if (answer.isEmpty()) {
      assertThat(result.status()).as("%s%n%s", block.text(), result.output()).isZero();
    } else {
      assertThat(lasting(result.output())).as(block.text()).isEqualTo(lasting(answer));
    }
  }

  /** Without times and ids, which are others each time. */
  private static String lasting(String output) {
    return CHANGING.matcher(output).replaceAll("…").strip();
  }

  /** Published POMs do not have our managed versions, so another version could win there. */
  private static void assertLibrariesAreThoseThatAreTestedHere(Path jar) throws IOException {
    var ours = new ArrayList<>(libraries(Path.of("../bb-gateway/target/bb-gateway.jar")));
    ours.addAll(libraries(Path.of("target/bb-cli.jar")));
    assertThat(libraries(jar)).isNotEmpty().isSubsetOf(ours);
  }

  private static List<String> libraries(Path program) throws IOException {
    try (var jar = new JarFile(program.toFile())) {
      return List.of(
          jar.getManifest()
              .getMainAttributes()
              .getValue(Attributes.Name.CLASS_PATH)
              .split(" ", -1));
    }
  }

  /** Instead of the ports that the guide uses, which somebody may hold. */
  private record OwnPorts(int nats, int health, int gatewayHealth, int gateway) {
    static OwnPorts choose() {
      List<Integer> free = Ports.find(4);
      return new OwnPorts(free.get(0), free.get(1), free.get(2), free.get(3));
    }

    String settings() {
      return "export NATS_URL=nats://127.0.0.1:%d HEALTH_HOST=127.0.0.1 HEALTH_PORT=%d GATEWAY_HOST=127.0.0.1 GATEWAY_PORT=%d GATEWAY_DRAIN_DELAY=0s CALL_TIMEOUT=10s"
          .formatted(nats, health, gateway);
    }

    String in(String commands) {
      return commands
          .replace("nats-server ", "nats-server --port " + nats + " ")
          .replace("127.0.0.1:8080", "127.0.0.1:" + health)
          .replace("HEALTH_PORT=8081", "HEALTH_PORT=" + gatewayHealth)
          .replace("127.0.0.1:8000", "127.0.0.1:" + gateway);
    }
  }
}
