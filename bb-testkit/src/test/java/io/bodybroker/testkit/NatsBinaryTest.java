package io.bodybroker.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NatsBinaryTest {

  @TempDir private Path directory;

  @Test
  void prefersTheEnvironmentThenThePropertyThenPathThenTheToolCache() throws IOException {
    Path named = program("named/server", "nats-server: v2.11.0");
    Path property = program("property/server", "nats-server: v2.11.0");
    Path onPath = program("bin/nats-server", "nats-server: v2.10.23");
    Path cached = program("project/.bb/tools/nats-server", "nats-server: v2.10.27");
    Files.createDirectories(directory.resolve("project/module"));
    Map<String, String> path = Map.of("PATH", "/nowhere:" + onPath.getParent());
    Map<String, String> all =
        Map.of("PATH", "" + onPath.getParent(), "NATS_SERVER_BIN", named.toString());

    assertThat(find(all, property.toString())).isEqualTo(named);
    assertThat(find(path, property.toString())).isEqualTo(property);
    assertThat(find(path, null)).isEqualTo(onPath);
    assertThat(find(Map.of(), null)).isEqualTo(cached);
  }

  @Test
  void passesOverAServerThatIsTooOldAndComparesNumbersNotText() throws IOException {
    Path old = program("bin/nats-server", "nats-server: v2.9.10");
    Path cached = program("project/.bb/tools/nats-server", "nats-server: v2.10.100");
    Files.createDirectories(directory.resolve("project/module"));

    assertThat(find(Map.of("PATH", "" + old.getParent()), null)).isEqualTo(cached);
  }

  @Test
  void saysWhereItLookedAndWhatToInstall() throws IOException {
    Path old = program("bin/nats-server", "nats-server: v2.10.22");
    Files.createDirectories(directory.resolve("project/module"));

    assertThatThrownBy(() -> find(Map.of("PATH", "" + old.getParent()), null))
        .isInstanceOf(ServerException.class)
        .hasMessageStartingWith("no nats-server 2.10.23 or newer found. Install one")
        .hasMessageContaining("NATS_SERVER_BIN: not set")
        .hasMessageContaining(old + " says \"nats-server: v2.10.22\"")
        .hasMessageContaining(".bb/tools/nats-server: not in");
  }

  @Test
  void doesNotLookFurtherWhenItsVariableIsWrong() throws IOException {
    Path onPath = program("bin/nats-server", "nats-server: v2.11.0");
    Map<String, String> environment =
        Map.of("PATH", "" + onPath.getParent(), "NATS_SERVER_BIN", "/no/such/server");

    assertThatThrownBy(() -> find(environment, null))
        .hasMessageContaining("NATS_SERVER_BIN: no program at /no/such/server");
  }

  private Path find(Map<String, String> environment, @Nullable String property) {
    return new NatsBinary(environment, property, directory.resolve("project/module")).path();
  }

  private Path program(String name, String answer) throws IOException {
    Path file = directory.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, "#!/bin/sh\necho '" + answer + "'\n");
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
