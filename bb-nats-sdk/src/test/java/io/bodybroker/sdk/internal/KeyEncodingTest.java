package io.bodybroker.sdk.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.ServiceException;
import java.util.HashSet;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyEncodingTest {
  /**
   * 2,000 keys drawn from everything that has hurt before: separators, wildcards, the escape
   * itself, spaces, other scripts, emoji.
   */
  static Stream<String> keys() {
    var random = new SplittableRandom(20261123);
    var alphabet = "abzAZ09_-./.*>=$ \t\n\u0000%{}[]?\\^'\"äöüßñ漢字ﷺ".codePoints().toArray();
    return Stream.generate(
            () -> {
              var key = new StringBuilder();
              int length = random.nextInt(1, 40);
              for (int i = 0; i < length; i++) {
                key.appendCodePoint(
                    random.nextInt(20) == 0
                        ? 0x1F600 + random.nextInt(50)
                        : alphabet[random.nextInt(alphabet.length)]);
              }
              return key.toString();
            })
        .filter(KeyEncodingTest::isKey)
        .limit(2000);
  }

  private static boolean isKey(String text) {
    return !text.startsWith("/") && !text.endsWith("/") && !text.contains("//");
  }

  @Test
  void keysComeBackAsTheyWere() {
    assertThat(keys())
        .allSatisfy(key -> assertThat(KeyEncoding.decode(KeyEncoding.encode(key))).isEqualTo(key));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a=", "a=4", "a=4.b", "a=zz", "a=2f", "a=FF", "a=61", "a b", "ü", "a/b"})
  void aFormOfSomebodyElseStaysAsItIs(String form) {
    assertThat(KeyEncoding.decode(form)).isEqualTo(form);
  }

  @Test
  void encodedKeysAreKeyValueKeys() {
    assertThat(keys().map(KeyEncoding::encode))
        .allSatisfy(encoded -> assertThat(encoded).matches("[-=A-Za-z0-9_]+(\\.[-=A-Za-z0-9_]+)*"));
  }

  @Test
  void noTwoKeysShareOneForm() {
    var keys = new HashSet<>(keys().toList());
    assertThat(keys.stream().map(KeyEncoding::encode).distinct()).hasSize(keys.size());
  }

  @Test
  void prefixesOfKeysArePrefixesOfTheirForm() {
    assertThat(keys().filter(key -> key.contains("/")))
        .isNotEmpty()
        .allSatisfy(key -> {
          var prefix = key.substring(0, key.lastIndexOf('/') + 1);
          assertThat(KeyEncoding.encode(key)).startsWith(KeyEncoding.encode(prefix));
          assertThat(KeyEncoding.encode(prefix)).endsWith(".");
        });
  }

  @ParameterizedTest
  @CsvSource({
    "zones/north/1, zones.north.1",
    "a.b, a=2Eb",
    "a=2E, a=3D2E",
    "*, =2A",
    "ä, =C3=A4",
    "x y, x=20y"
  })
  void hasOneFormThatOtherToolsCanTell(String key, String encoded) {
    assertThat(KeyEncoding.encode(key)).isEqualTo(encoded);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/", "/a", "a/", "a//b", "\ud800", "a\udc00b"})
  void refusesWhatIsNoKey(String key) {
    assertThatThrownBy(() -> Keys.requireKey(key))
        .isInstanceOfSatisfying(
            ServiceException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT));
  }

  @Test
  void refusesKeysThatAreTooLong() {
    assertThat(Keys.requireKey("漢".repeat(200))).hasSize(200);
    assertThatThrownBy(() -> Keys.requireKey("a".repeat(201)))
        .hasMessageContaining("1 to 200 characters");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "/", "a//", "//", "/a/"})
  void refusesWhatIsNoPrefix(String prefix) {
    assertThatThrownBy(() -> Keys.requirePrefix(prefix)).hasMessageContaining("ended by /");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a/", "a/b/"})
  void takesWholePartsAsPrefix(String prefix) {
    assertThat(Keys.requirePrefix(prefix)).isEqualTo(prefix);
  }

  @ParameterizedTest
  @MethodSource("names")
  void refusesNamesThatAreNoBuckets(String name) {
    assertThatThrownBy(() -> Keys.requireName(name)).isInstanceOf(IllegalArgumentException.class);
  }

  static Stream<String> names() {
    return Stream.of("", "a.b", "a b", "{a}", "a".repeat(65), "ä");
  }
}
