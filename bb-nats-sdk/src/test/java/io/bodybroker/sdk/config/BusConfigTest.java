package io.bodybroker.sdk.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class BusConfigTest {
  private static BusConfig from(Map<String, String> keys, Map<String, String> environment) {
    return BusConfig.of(Settings.TABLE.from(keys, environment));
  }

  private static String refusal(Map<String, String> keys, Map<String, String> environment) {
    try {
      from(keys, environment);
    } catch (ConfigException e) {
      return String.valueOf(e.getMessage());
    }
    throw new AssertionError("taken: " + keys + environment);
  }

  static Stream<Setting<?>> settings() {
    return Settings.TABLE.settings().stream();
  }

  @ParameterizedTest
  @MethodSource("settings")
  void takesEveryDefaultByKeyAndByVariable(Setting<?> setting) {
    assertThat(from(Map.of(setting.key(), setting.standard()), Map.of()).toString())
        .isEqualTo("BusConfig[]");
    assertThat(from(Map.of(), Map.of(setting.variable(), setting.standard())).toString())
        .isEqualTo("BusConfig[]");
  }

  @ParameterizedTest
  @MethodSource("settings")
  void saysWhatWouldBeRight(Setting<?> setting) {
    String wrong = "\u0000?";

    assertThat(refusal(Map.of(), Map.of(setting.variable(), wrong)))
        .isEqualTo(
            "configuration: %s: \"%s\" (expected: %s)"
                .formatted(setting.variable(), wrong, setting.expected()));
  }

  @ParameterizedTest
  @CsvSource({
    "CALL_TIMEOUT, 0ms", "CALL_TIMEOUT, 301s", "CALL_TIMEOUT, -1s", "CALL_ATTEMPTS, 0",
    "CALL_ATTEMPTS, 11", "CALL_ATTEMPTS, 2.5", "HEALTH_PORT, -1", "HEALTH_PORT, 65536",
    "STORE_REPLICAS, 4", "REDIS_URL, http://h", "REDIS_URL, redis:/h", "REDIS_CLUSTER, yes",
    "NATS_URL, nats://", "BREAKER_FAILURE_RATE, 101", "SERVICE_NAME, a b", "DRAIN_TIMEOUT, 11m"
  })
  void refusesWhatIsOutOfRange(String variable, String value) {
    assertThat(refusal(Map.of(), Map.of(variable, value)))
        .contains(variable + ": \"" + value + "\" (expected: ");
  }

  @Test
  void readsWhatIsGiven() {
    var config =
        from(
            Map.of("call.timeout", "5s", "nats.url", "nats://a:1"),
            Map.of("NATS_URL", "nats://b:2, tls://c:3", "REDIS_CLUSTER", "true"));

    assertThat(config.callTimeout()).isEqualTo(Duration.ofSeconds(5));
    assertThat(config.natsUrls())
        .as("the environment wins")
        .containsExactly("nats://b:2", "tls://c:3");
    assertThat(config.redisCluster()).isTrue();
    assertThat(config.instance()).isNotEmpty();
  }

  @Test
  void namesEveryMistakeAtOnce() {
    assertThat(
            refusal(Map.of("call.timeot", "2s", "store.replicas", "2"), Map.of("HEALTH_PORT", "x")))
        .startsWith("configuration:\n  ")
        .contains("call.timeot: unknown (did you mean call.timeout?)")
        .contains("store.replicas: \"2\" (expected: 0, 1, 3 or 5)")
        .contains("HEALTH_PORT: \"x\" (expected: 0 to 65535)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"NATS_URLS", "NAST_URL", "REDIS_UR", "HEALTH_PROT", "CALL_TIMEOUTS"})
  void takesANearMissInTheEnvironmentForAMistake(String variable) {
    assertThat(refusal(Map.of(), Map.of(variable, "x"))).contains(variable + ": unknown (did you");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "NATS_PORT",
        "REDIS_PORT",
        "GATEWAY_PORT",
        "GATEWAY_HOST",
        "HOSTNAME",
        "HOME",
        "PATH",
        "NATS_SERVER_BIN",
        "BB_DATA",
        "NATS_SERVICE_HOST",
        "REDIS_SERVICE_PORT",
        "JAVA_HOME"
      })
  void leavesTheVariablesOfOthersAlone(String variable) {
    assertThat(from(Map.of(), Map.of(variable, "x")).toString()).isEqualTo("BusConfig[]");
  }

  @Test
  void leavesTheKeysOfOthersAlone() {
    assertThat(from(Map.of("shop.port", "1", "port", "2"), Map.of()).toString())
        .isEqualTo("BusConfig[]");
  }

  @Test
  void neverShowsAPassword() {
    var config = BusConfig.builder().redisUrl("redis://user:secret@h:6379").build();

    assertThat(config.toString()).isEqualTo("BusConfig[redis.url=redis://***@h:6379]");
    assertThat(refusal(Map.of(), Map.of("REDIS_URL", "reddis://user:secret@h:6379")))
        .contains("reddis://***@h:6379")
        .doesNotContain("secret");
    // What should have been escaped, and so is no URL.
    assertThat(refusal(Map.of(), Map.of("REDIS_URL", "redis://user:se/cr@et@h:6379")))
        .contains("redis://***@h:6379");
    assertThat(refusal(Map.of(), Map.of("NATS_URL", "nats://u:a/b@c:1, tls://u:d/e@f:2")))
        .contains("nats://***@c:1, tls://***@f:2");
  }

  static Stream<Setting<?>> files() {
    return settings().filter(setting -> setting.expected().endsWith("the path of a file"));
  }

  @ParameterizedTest
  @MethodSource("files")
  void refusesAKeyInPlaceOfItsFileWithoutShowingIt(Setting<?> setting) {
    String seed = "SUACSSL3UAHUDXKFSNVUZRF5UHPMWZ6BFDTJ7M6USDXIEDNPPQYYYCUAVY";
    String base64 = "MC4CAQAwBQYDK2VwBCIEIJc5iWZ0yJpSECRETc3vM1m8yqQmFbqVbyUu0aD1o9vX";
    String pem = "-----BEGIN PRIVATE KEY-----%s" + base64 + "%1$s-----END PRIVATE KEY-----%1$s";
    List<String> contents =
        List.of(
            seed,
            base64,
            pem.formatted("\n"),
            pem.formatted(" "),
            pem.formatted("\\n"),
            "-----BEGIN NATS USER JWT-----\neyJ0eXAiOiJKV1QifQ.e30.x\n" + seed + "\n",
            "eyJ0eXAiOiJKV1QiLCJhbGciOiJ4In0.eyJqdGkiOiJTRUNSRVQifQ.SECRET");
    String problem = "***, the content (expected: nothing, or the path of a file)";

    for (String content : contents) {
      assertThat(refusal(Map.of(), Map.of(setting.variable(), content)))
          .isEqualTo("configuration: " + setting.variable() + ": " + problem);
      assertThat(refusal(Map.of(setting.key(), content), Map.of()))
          .isEqualTo("configuration: " + setting.key() + ": " + problem);
    }
  }

  @Test
  void hasEightSettingsOfFiles() {
    assertThat(files()).hasSize(8);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/etc/bb/key.pem",
        "keys/U/DS/UDSCSSL3UAHUDXKFSNVUZRF5UHPMWZ6BFDTJ7M6USDXIEDNPPQYYYCUA.nk",
        "/run/secrets/SERVICE/nats"
      })
  void takesThePathOfAFile(String path) {
    assertThat(from(Map.of(), Map.of("NATS_NKEY", path)).natsNkey().orElseThrow())
        .hasToString(path);
  }

  @Test
  void showsNoKeyWhereverItIsPut() {
    String seed = "SUACSSL3UAHUDXKFSNVUZRF5UHPMWZ6BFDTJ7M6USDXIEDNPPQYYYCUAVY";
    assertThat(refusal(Map.of(), Map.of("NATS_URL", seed))).doesNotContain(seed.substring(3));
    assertThat(BusConfig.builder().natsUrls(List.of("nats://" + seed + "@h:1")).build().toString())
        .doesNotContain(seed.substring(3));
  }

  @ParameterizedTest
  @ValueSource(strings = {".", ".a", "a.", "a..b", "a b", "a*", "a.>"})
  void refusesANameThatIsNoPartOfASubject(String name) {
    assertThat(refusal(Map.of(), Map.of("SERVICE_NAME", name))).contains("SERVICE_NAME: \"" + name);
    assertThat(refusal(Map.of(), Map.of("SERVICE_INSTANCE", name)))
        .contains("SERVICE_INSTANCE: \"" + name);
  }

  @Test
  void takesANameOfSeveralTokens() {
    String longest = "a.B_2-c." + "x".repeat(56);
    var config = from(Map.of("service.name", longest), Map.of("SERVICE_INSTANCE", "7"));

    assertThat(config.name()).isEqualTo(longest);
    assertThat(refusal(Map.of(), Map.of("SERVICE_NAME", longest + "x"))).contains("1 to 64");
  }

  @Test
  void goesOnFromWhatItHas() {
    var config =
        BusConfig.builder()
            .natsUrls(List.of("nats://a:1", "nats://b:2"))
            .callTimeout(Duration.ofMillis(1500))
            .build();

    assertThat(config.toBuilder().build().toString()).isEqualTo(config.toString());
    assertThat(config.toBuilder().callAttempts(1).build().callTimeout())
        .isEqualTo(Duration.ofMillis(1500));
  }

  @Test
  void refusesABackoffThatShrinks() {
    var builder = BusConfig.builder().callBackoffMin(Duration.ofSeconds(2));

    assertThatThrownBy(builder::build)
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("call.backoff-min")
        .hasMessageContaining("call.backoff-max");
  }
}
