package io.bodybroker.sdk.internal;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FramesTest {
  private static final HeaderBlock NO_HEADERS = HeaderBlock.builder().build();
  private static final HeaderBlock HEADERS =
      HeaderBlock.builder().put("Bb-Timeout-Ms", 2_000).build();

  private final Frames frames = new Frames();

  private static byte[] payload(int size) {
    byte[] payload = new byte[size];
    for (int i = 0; i < size; i++) {
      payload[i] = (byte) ('a' + i % 26);
    }
    return payload;
  }

  private static String text(int size) {
    return new String(payload(size), ISO_8859_1);
  }

  /** What would be sent, and in how many writes. */
  private List<String> written() throws IOException {
    List<String> writes = new ArrayList<>();
    frames.writeTo(
        (bytes, length) -> writes.add(new String(bytes, 0, length, ISO_8859_1)),
        new byte[Frames.CHUNK]);
    return writes;
  }

  @Test
  void writesWhatTheServerReads() throws Exception {
    frames.add("a.b", null, null, payload(3));
    frames.add("a.b", "r.1", NO_HEADERS, payload(0));
    frames.add("a.b", "r.2", HEADERS, payload(10));

    String headers = "NATS/1.0\r\nBb-Timeout-Ms:2000\r\n\r\n";
    assertThat(String.join("", written()).split("(?<=\r\n)(?=H?PUB)", -1))
        .containsExactly(
            "PUB a.b 3\r\nabc\r\n",
            "PUB a.b r.1 0\r\n\r\n",
            "HPUB a.b r.2 32 42\r\n" + headers + "abcdefghij\r\n");
  }

  @Test
  void startsAnewWhenCleared() throws Exception {
    frames.add("a.b", null, null, payload(300_000));
    frames.clear();
    assertThat(frames.size()).isZero();
    frames.add("a.c", null, null, payload(1));

    assertThat(frames.size()).isEqualTo("PUB a.c 1\r\na\r\n".length());
    assertThat(written()).containsExactly("PUB a.c 1\r\na\r\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "ö", "a b", "a\r\nPUB x 0", "a\u007f", "a\u0000"})
  void leavesAloneWhatIsNoPlainSubject(String subject) throws Exception {
    frames.add("a.b", null, null, payload(1));

    assertThat(frames.add(subject, null, null, payload(20_000))).isZero();
    assertThat(frames.add("a.b", subject, HEADERS, payload(2))).isZero();

    assertThat(frames.size()).isEqualTo("PUB a.b 1\r\na\r\n".length());
    assertThat(written()).containsExactly("PUB a.b 1\r\na\r\n");
  }

  @Test
  void leavesToJnatsALineThatServersDoNotTake() {
    assertThat(frames.add("a".repeat(4_060), null, null, payload(1))).isPositive();
    assertThat(frames.add("a".repeat(4_070), null, null, payload(1))).isZero();
    assertThat(frames.add("a".repeat(2_000), "b".repeat(2_070), null, payload(1))).isZero();
  }

  @Test
  void doesNotCopyWhatIsLargeUntilItIsWritten() throws Exception {
    byte[] large = payload(50_000);
    frames.add("a.b", null, null, large);
    Arrays.fill(large, (byte) 'x');

    assertThat(written()).containsExactly("PUB a.b 50000\r\n" + "x".repeat(50_000) + "\r\n");
  }

  @Property(tries = 200)
  void writesAllOfEachMessageInOrder(@ForAll("sizes") List<Integer> sizes) throws Exception {
    frames.clear();
    var expected = new StringBuilder();
    int size = 0;
    for (int each : sizes) {
      boolean hasHeaders = each % 2 == 0;
      int before = expected.length();
      expected
          .append(hasHeaders ? "HPUB s.%d 32 %d\r\n".formatted(each, each + 32) : "")
          .append(
              hasHeaders
                  ? "NATS/1.0\r\nBb-Timeout-Ms:2000\r\n\r\n"
                  : "PUB s.%d %d\r\n".formatted(each, each))
          .append(text(each))
          .append("\r\n");
      int added = frames.add("s." + each, null, hasHeaders ? HEADERS : null, payload(each));
      assertThat(added).isEqualTo(expected.length() - before);
      size += added;
    }

    assertThat(frames.size()).isEqualTo(size);
    var bytes = new ByteArrayOutputStream();
    frames.writeTo((chunk, length) -> bytes.write(chunk, 0, length), new byte[Frames.CHUNK]);
    assertThat(bytes.toString(ISO_8859_1)).isEqualTo(expected.toString());
  }

  @Provide
  Arbitrary<List<Integer>> sizes() {
    return Arbitraries.frequencyOf(
            net.jqwik.api.Tuple.of(4, Arbitraries.integers().between(0, 300)),
            net.jqwik.api.Tuple.of(2, Arbitraries.integers().between(1_900, 2_200)),
            net.jqwik.api.Tuple.of(1, Arbitraries.integers().between(100_000, 300_000)))
        .list()
        .ofMinSize(1)
        .ofMaxSize(8);
  }
}
