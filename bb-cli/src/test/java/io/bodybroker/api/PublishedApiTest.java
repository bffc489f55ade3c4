package io.bodybroker.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.bodybroker.gateway.Gateway;
import io.bodybroker.gateway.GatewayApp;
import io.bodybroker.gateway.config.GatewayConfig;
import io.bodybroker.protoc.ProtocPlugin;
import io.bodybroker.sdk.Bus;
import io.bodybroker.sdk.testing.RunningService;
import io.bodybroker.testkit.NatsServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The API of each published module is as recorded, and breaks the last release only where its
 * version says so. {@code ./bb api accept} and {@code ./bb api release} run this too, to record.
 */
class PublishedApiTest {
  private static final RecordedApi RECORDED = new RecordedApi(Path.of("../baseline/api"));
  private static final Pattern VERSION = Pattern.compile("<version>([0-9.]+)(?:-SNAPSHOT)?<");

  /** Modules whose public classes are all for users, each by a class at its root. */
  private static final Map<String, Class<?>> MODULES =
      Map.of(
          "bb-nats-sdk", Bus.class,
          "bb-testkit", NatsServer.class,
          "bb-sdk-test", RunningService.class,
          "bb-protoc-plugin", ProtocPlugin.class);

  /** All that is promised of the gateway: docs/decisions/projects-outside.md. */
  private static final List<Class<?>> GATEWAY =
      List.of(Gateway.class, GatewayApp.class, GatewayConfig.class);

  @TestFactory
  Stream<DynamicTest> isAsRecorded() {
    return Stream.concat(MODULES.keySet().stream(), Stream.of("bb-gateway"))
        .map(module -> DynamicTest.dynamicTest(module, () -> check(api(module))));
  }

  private static ModuleApi api(String module) throws IOException {
    Class<?> root = MODULES.get(module);
    return root == null
        ? ModuleApi.of(module, version(), GATEWAY.stream().flatMap(PublishedApiTest::withNested))
        : ModuleApi.onClassPath(module, version(), root);
  }

  private static Stream<Class<?>> withNested(Class<?> type) {
    return Stream.concat(Stream.of(type), Stream.of(type.getDeclaredClasses()));
  }

  private static void check(ModuleApi now) throws IOException {
    String module = now.module();
    assertThat(now.classes()).isNotEmpty();
    switch (System.getProperty("bb.api", "check")) {
      case "accept" -> RECORDED.record(now);
      case "release" -> {
        RECORDED.record(now);
        RECORDED.recordRelease(now);
      }
      default -> {
        // Below, as always.
      }
    }
    Optional<ModuleApi> recorded = RECORDED.present(module);
    assertThat(recorded)
        .as("the API of %s is recorded; ./bb api accept does it", module)
        .isPresent();
    var changes = ApiChanges.between(recorded.get(), now);
    assertThat(changes.isEmpty())
        .as(
            "the API of %s is as recorded. If this is meant: ./bb api accept%s",
            module, changes.text())
        .isTrue();
    RECORDED.released(module).ifPresent(released -> checkRelease(released, now));
  }

  private static void checkRelease(ModuleApi released, ModuleApi now) {
    if (!Versions.mayBreak(released.version(), now.version())) {
      assertThat(ApiChanges.between(released, now).breaks())
          .as("what breaks users of %s %s", released.module(), released.version())
          .isEmpty();
    }
  }

  /** That of the whole build, as the root POM has it first. */
  private static String version() throws IOException {
    var found = VERSION.matcher(Files.readString(Path.of("../pom.xml")));
    assertThat(found.find()).isTrue();
    return found.group(1);
  }
}
