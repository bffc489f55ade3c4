package io.bodybroker.sdk.internal;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nats.client.support.IncomingHeadersProcessor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeaderBlockTest {
  @Test
  void isReadByJnatsAsItWasWritten() {
    String value = "v".repeat(5_000);

    var block =
        HeaderBlock.builder()
            .put("Bb-Timeout-Ms", 2_000)
            .put("Zero", 0)
            .put("Most", Long.MAX_VALUE)
            .put("Empty", "")
            .put("Long", value)
            .build();

    var read = new IncomingHeadersProcessor(block.getSerialized()).getHeaders();
    assertThat(read.getFirst("Bb-Timeout-Ms")).isEqualTo("2000");
    assertThat(read.getFirst("Zero")).isEqualTo("0");
    assertThat(read.getFirst("Most")).isEqualTo("9223372036854775807");
    assertThat(read.getFirst("Empty")).isEmpty();
    assertThat(read.getFirst("Long")).isEqualTo(value);
    assertThat(read.size()).isEqualTo(5);
    assertThat(block.serializedLength()).isEqualTo(block.getSerialized().length);
    byte[] copy = new byte[block.serializedLength() + 2];
    assertThat(block.serializeToArray(1, copy)).isEqualTo(block.serializedLength());
    assertThat(new String(copy, 1, block.serializedLength(), US_ASCII))
        .startsWith("NATS/1.0\r\nBb-");
  }

  @Test
  void isEmptyWithoutHeaders() {
    var block = HeaderBlock.builder().build();

    assertThat(block.isEmpty()).isTrue();
    assertThat(block.serializedLength()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"two\r\nlines", "two\nlines", "two\rlines", "Zoë", "\u4f60"})
  void refusesWhatNoHeaderCanHold(String value) {
    assertThatThrownBy(() -> HeaderBlock.builder().put("Name", value))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Name")
        .hasMessageContaining("expected: ASCII on one line");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "a:b", "Zoë", "\u4f61", "a\r\nb"})
  void refusesWhatIsNoName(String name) {
    assertThatThrownBy(() -> HeaderBlock.builder().put(name, "value"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
