package io.bodybroker.sdk.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class DirectMessageTest {
  private static DirectMessage with(String... lines) {
    String block = "NATS/1.0\r\n" + String.join("\r\n", lines) + "\r\n\r\n";
    return new DirectMessage(
        "a.b", 1, null, block.getBytes(StandardCharsets.US_ASCII), new byte[0]);
  }

  @Test
  void tellsWhetherThereIsButOneOfOurs() {
    assertThat(with("Bb-A:1").hasNoneBut("Bb-", "Bb-A")).isTrue();
    assertThat(with("Bb-A:1", "traceparent:00-1").hasNoneBut("Bb-", "Bb-A")).isTrue();
    assertThat(with("traceparent:00-1").hasNoneBut("Bb-", "Bb-A")).isTrue();
    assertThat(with("Bb-A:1", "Bb-B:2").hasNoneBut("Bb-", "Bb-A")).isFalse();
    assertThat(with("traceparent:00-1", "Bb-Ab:2").hasNoneBut("Bb-", "Bb-A")).isFalse();
    assertThat(with("Bb-:2").hasNoneBut("Bb-", "Bb-A")).isFalse();
    assertThat(new DirectMessage("a.b", 1, null, null, new byte[0]).hasNoneBut("Bb-", "Bb-A"))
        .isTrue();
  }

  @Test
  void tellsWhetherThereIsButOne() {
    assertThat(with("Bb-A:1").hasOnly("Bb-A")).isTrue();
    assertThat(with("Bb-A:1", "Bb-B:2").hasOnly("Bb-A")).isFalse();
    assertThat(with("Bb-B:2").hasOnly("Bb-A")).isFalse();
  }
}
