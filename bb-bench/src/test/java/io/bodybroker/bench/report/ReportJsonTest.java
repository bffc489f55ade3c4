package io.bodybroker.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReportJsonTest {
  private final JsonObject json =
      JsonParser.parseString(ReportJson.of(ReportFixture.report())).getAsJsonObject();

  @Test
  void hasRatiosByNameWithGoalAndWhetherItIsMet() {
    var ratios = json.getAsJsonObject("ratios");
    assertThat(ratios.getAsJsonObject("rpc.throughput.256.w16.sdk/raw"))
        .hasToString("{\"value\":1.086,\"goal\":\">= 1.00\",\"met\":true}");
    assertThat(ratios.getAsJsonObject("rpc.p99.256.w1.sdk/raw"))
        .hasToString("{\"value\":1.34,\"goal\":\"<= 1.10\",\"met\":false}");
    assertThat(ratios.getAsJsonObject("rpc.throughput.256.w1024.sdk/gRPC"))
        .hasToString("{\"value\":4.54}");
  }

  @Test
  void hasTheMachineAndAllRounds() {
    assertThat(json.getAsJsonObject("machine").get("cores").getAsString()).isEqualTo("2");
    var chart =
        json.getAsJsonArray("sections").get(0).getAsJsonObject().getAsJsonArray("charts").get(0);
    var series = chart.getAsJsonObject().getAsJsonArray("series").get(0).getAsJsonObject();
    assertThat(series.get("name").getAsString()).isEqualTo("sdk");
    var point = series.getAsJsonArray("points").get(0).getAsJsonObject();
    assertThat(point.keySet()).containsExactly("label", "x", "median", "min", "max", "rounds");
    assertThat(point.getAsJsonArray("rounds")).hasSize(5);
  }

  @Test
  void isTheSameForTheSameReport() {
    assertThat(ReportJson.of(ReportFixture.report()))
        .isEqualTo(ReportJson.of(ReportFixture.report()));
  }

  @Test
  void tellsWhatIsNoNumberAsNull() {
    var section =
        new Section("x", "X", "", List.of(), List.of(Ratio.of("x", Double.NaN)), List.of());
    var report =
        new Report("bb bench x", Instant.EPOCH, false, new Machine(Map.of()), List.of(section));
    assertThat(ReportJson.of(report)).contains("\"value\": null");
  }
}
