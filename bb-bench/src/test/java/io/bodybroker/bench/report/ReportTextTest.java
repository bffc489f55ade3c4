package io.bodybroker.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ReportTextTest {
  private final String text = ReportText.of(ReportFixture.report());

  @Test
  void hasNoLineOfMoreThan120Columns() {
    assertThat(text.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(120));
  }

  @Test
  void hasMediansWithTheirRangeBelowTheContendersNames() {
    var lines = text.lines().toList();
    int head = lines.indexOf("calls/s, more is better") + 1;
    assertThat(lines.get(head)).containsSubsequence("calls under way", "sdk", "raw", "gRPC");
    assertThat(lines.get(head + 1)).matches("1 +[\\d,]+ \\([\\d,]+–[\\d,]+\\) .*");
    assertThat(lines.get(head + 1)).hasSameSizeAs(lines.get(head + 2));
  }

  @Test
  void tellsWhichGoalsAreMet() {
    assertThat(text)
        .containsPattern("rpc.throughput.256.w16.sdk/raw +1.09 +≥ 1.00 +✓ met")
        .containsPattern("rpc.p99.256.w1.sdk/raw +1.34 +≤ 1.10 +✗ MISSED")
        .contains("3 of 5 goals met");
  }
}
