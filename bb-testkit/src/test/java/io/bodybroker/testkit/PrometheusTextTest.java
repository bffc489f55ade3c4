package io.bodybroker.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrometheusTextTest {
  @Test
  void addsUpTheSamplesThatHaveTheLabels() {
    String page =
        """
        # HELP calls_total Calls
        # TYPE calls_total counter
        calls_total{method="Get",code="OK"} 3
        calls_total{method="Get",code="NOT_FOUND"} 2
        calls_total{method="Put",code="OK"} 1
        """;
    // @start region="example"
    PrometheusText metrics = PrometheusText.parse(page);

    assertThat(metrics.sum("calls_total", "method", "Get")).isEqualTo(5);
    // @end
    assertThat(metrics.sum("calls_total", "method", "Get", "code", "OK")).isEqualTo(3);
    assertThat(metrics.sum("calls_total")).isEqualTo(6);
    assertThat(metrics.sum("calls_total", "code", "LATE")).isZero();
    assertThat(metrics.sum("other")).isZero();
    assertThat(metrics.types()).isEqualTo(Map.of("calls_total", "counter"));
  }

  @Test
  void readsValuesAndLabelsOfAllForms() {
    PrometheusText metrics =
        PrometheusText.parse("up 1\nmost +Inf\nsmall 5.0E-4\nodd{text=\"a\\\"} b, c\"} 2\n");

    assertThat(metrics.samples())
        .containsExactly(
            new PrometheusText.Sample("up", Map.of(), 1),
            new PrometheusText.Sample("most", Map.of(), Double.POSITIVE_INFINITY),
            new PrometheusText.Sample("small", Map.of(), 0.0005),
            new PrometheusText.Sample("odd", Map.of("text", "a\\\"} b, c"), 2));
  }

  @ParameterizedTest
  @ValueSource(strings = {"up", "up one", "up{role=serve} 1", "up{role=\"serve\" 1", "1up 1"})
  void refusesWhatIsNoSample(String line) {
    assertThatThrownBy(() -> PrometheusText.parse(line))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
