package io.bodybroker.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MachineTest {
  @Test
  void tellsWhatAReaderNeedsAndNamesNeitherTheMachineNorItsUser() throws Exception {
    var facts = Machine.here(List.of("-XX:+UseSerialGC")).facts();
    assertThat(facts)
        .containsKeys("processor", "cores", "memory", "system", "control group", "JDK")
        .containsEntry("JVM flags where nothing else is said", "-XX:+UseSerialGC");
    for (String library : List.of("nats-server", "jnats", "protobuf", "gRPC", "Helidon")) {
      assertThat(facts.get(library)).as(library).matches("\\d+\\.\\d+.*");
    }
    assertThat(facts.values())
        .noneMatch(fact -> fact.contains(InetAddress.getLoopbackAddress().getHostAddress()))
        .noneMatch(fact -> fact.contains(System.getProperty("user.home")))
        .noneMatch(fact -> fact.contains(System.getProperty("user.dir")));
  }

  @Test
  void tellsTheLimitsOfItsControlGroup(@TempDir Path root) throws Exception {
    assertThat(Machine.controlGroup(root)).isEqualTo("no limits");
    Files.writeString(root.resolve("cpu.max"), "max 100000\n");
    Files.writeString(root.resolve("memory.max"), "max\n");
    assertThat(Machine.controlGroup(root)).isEqualTo("no limits");
    Files.writeString(root.resolve("cpu.max"), "25000 100000\n");
    Files.writeString(root.resolve("memory.max"), "536870912\n");
    assertThat(Machine.controlGroup(root)).isEqualTo("0.25 CPU, 0.5 GiB");
  }

  @Test
  void tellsTheLimitsOfTheOldKindOfControlGroup(@TempDir Path root) throws Exception {
    Files.createDirectories(root.resolve("cpu"));
    Files.createDirectories(root.resolve("memory"));
    Files.writeString(root.resolve("cpu/cpu.cfs_period_us"), "100000\n");
    Files.writeString(root.resolve("cpu/cpu.cfs_quota_us"), "-1\n");
    Files.writeString(root.resolve("memory/memory.limit_in_bytes"), "9223372036854771712\n");
    assertThat(Machine.controlGroup(root)).isEqualTo("no limits");
    Files.writeString(root.resolve("cpu/cpu.cfs_quota_us"), "200000\n");
    assertThat(Machine.controlGroup(root)).isEqualTo("2.00 CPU");
  }
}
