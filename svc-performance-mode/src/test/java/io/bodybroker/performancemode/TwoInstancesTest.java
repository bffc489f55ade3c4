package io.bodybroker.performancemode;

import static io.bodybroker.sdk.testing.ServiceAssertions.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Duration;
import com.google.protobuf.Message;
import io.bodybroker.performancemode.v1.AdjustModeRequest;
import io.bodybroker.performancemode.v1.BudgetState;
import io.bodybroker.performancemode.v1.BudgetType;
import io.bodybroker.performancemode.v1.FrameSample;
import io.bodybroker.performancemode.v1.GetMetricsRequest;
import io.bodybroker.performancemode.v1.GetSettingsRequest;
import io.bodybroker.performancemode.v1.Mode;
import io.bodybroker.performancemode.v1.ModeChanged;
import io.bodybroker.performancemode.v1.PerformanceModeClient;
import io.bodybroker.performancemode.v1.ReportMetricsRequest;
import io.bodybroker.performancemode.v1.SetBudgetRequest;
import io.bodybroker.performancemode.v1.Settings;
import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.rpc.CallOptions;
import io.bodybroker.sdk.testing.RunningService;
import io.bodybroker.testkit.Await;
import io.bodybroker.testkit.NatsServer;
import io.bodybroker.testkit.RedisServer;
import io.bodybroker.testkit.TestServers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Two instances over real servers, as in production. */
@TestServers
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TwoInstancesTest {
  private static final java.time.Duration BOUND = java.time.Duration.ofSeconds(20);

  private RunningService service;
  private PerformanceModeClient performance;

  @BeforeAll
  void start(NatsServer nats, RedisServer redis) {
    service = RunningService.of(PerformanceModeModule::new).start(nats, redis);
    performance = PerformanceModeClient.on(service.bus());
  }

  @AfterAll
  void stop() {
    service.close();
  }

  private Settings settings(String player) {
    return performance
        .getSettings(GetSettingsRequest.newBuilder().setPlayerId(player).build())
        .getSettings();
  }

  private static AdjustModeRequest.Builder adjust(String player, Mode mode) {
    return AdjustModeRequest.newBuilder().setPlayerId(player).setMode(mode);
  }

  private static ReportMetricsRequest report(String player, int count, int millis) {
    var request = ReportMetricsRequest.newBuilder().setPlayerId(player);
    for (int i = 0; i < count; i++) {
      request.addSamples(sample(millis));
    }
    return request.build();
  }

  private static FrameSample sample(int millis) {
    return FrameSample.newBuilder()
        .setFrameTime(Duration.newBuilder().setNanos(millis * 1_000_000))
        .setCpu(0.5)
        .build();
  }

  private int framesOf(String player) {
    return performance
        .getMetrics(GetMetricsRequest.newBuilder().setPlayerId(player).build())
        .getMetrics()
        .getFrames();
  }

  @Test
  void showEachOtherWhatAPlayerChose() {
    for (Mode mode : List.of(Mode.LOW, Mode.ULTRA, Mode.COMPETITIVE, Mode.HIGH)) {
      assertThat(performance.adjustMode(adjust("ada", mode).setForce(true).build()).getChanged())
          .isTrue();
      assertThat(settings("ada").getMode()).isEqualTo(mode);
      assertThat(settings("ada").getMode()).isEqualTo(mode);
    }
  }

  @Test
  void letOneOfManyChangesWithinASecondBe() {
    var answers = new ArrayList<CompletableFuture<?>>();
    for (Mode mode : List.of(Mode.LOW, Mode.HIGH, Mode.ULTRA, Mode.COMPETITIVE)) {
      answers.add(performance.adjustModeAsync(adjust("hasty", mode).build()));
    }

    assertThat(
            answers.stream()
                .filter(answer -> answer.handle((value, error) -> error == null).join()))
        .hasSize(1);
  }

  @Test
  void tellOfEachChangeOnceAndOfNoOther() throws Exception {
    performance.adjustMode(adjust("told", Mode.AUTO).build());
    performance.adjustMode(adjust("told", Mode.AUTO).build());
    performance.setBudget(
        SetBudgetRequest.newBuilder()
            .setPlayerId("told")
            .setType(BudgetType.FRAME_TIME)
            .setLimit(20)
            .setStrict(true)
            .build());
    var answer = performance.reportMetrics(report("told", 100, 30));
    assertThat(answer.getSettings().getLevel()).isEqualTo(Mode.LOW);
    assertThat(answer.getBudgets(0).getState()).isEqualTo(BudgetState.VIOLATED);
    assertThat(answer.getQualityScale()).isEqualTo(0.5);
    assertThat(answer.getSkipOptionalWork()).isTrue();

    Await.untilSeen(
        BOUND,
        "events",
        () -> events("told"),
        List.of("MEDIUM to MEDIUM", "MEDIUM to LOW automatic")::equals);
  }

  private List<String> events(String player) {
    return service.published(ModeChanged.getDefaultInstance()).stream()
        .filter(event -> event.getPlayerId().equals(player))
        .map(event ->
            event.getBefore().getLevel()
                + " to "
                + event.getAfter().getLevel()
                + (event.getAutomatic() ? " automatic" : ""))
        .toList();
  }

  @Test
  void countEachReportOnceWhoeverTakesIt() {
    var options = CallOptions.defaults().withIdempotencyKey("report-1");
    for (int i = 0; i < 4; i++) {
      performance.reportMetrics(report("framed", 10, 16), options);
    }
    assertThat(framesOf("framed")).isEqualTo(10);
    var reports = new ArrayList<CompletableFuture<?>>();
    for (int i = 0; i < 20; i++) {
      reports.add(performance.reportMetricsAsync(report("framed", 10, 16)));
    }
    reports.forEach(CompletableFuture::join);

    assertThat(framesOf("framed")).isEqualTo(210);
  }

  static Stream<Arguments> wrong() {
    var get = GetMetricsRequest.newBuilder().setPlayerId("ada");
    var budget = SetBudgetRequest.newBuilder().setPlayerId("ada").setType(BudgetType.CPU);
    return Stream.of(
        Arguments.of("player_id", GetSettingsRequest.getDefaultInstance()),
        Arguments.of("player_id", adjust("a b", Mode.LOW).build()),
        Arguments.of("mode", adjust("ada", Mode.MODE_UNSPECIFIED).build()),
        Arguments.of("mode", adjust("ada", Mode.LOW).setModeValue(99).build()),
        Arguments.of("player_id", budget.clone().setPlayerId("").build()),
        Arguments.of("type", budget.clone().clearType().build()),
        Arguments.of("type", budget.clone().setTypeValue(99).build()),
        Arguments.of("limit", budget.clone().setLimit(-1).build()),
        Arguments.of("limit", budget.clone().setLimit(2).build()),
        Arguments.of("limit", budget.clone().setLimit(Double.NaN).build()),
        Arguments.of("player_id", report("", 1, 16)),
        Arguments.of("samples", report("ada", 0, 16)),
        Arguments.of("samples", report("ada", 201, 16)),
        Arguments.of("samples[0].frame_time", report("ada", 1, 0)),
        Arguments.of("samples[1].frame_time", of(sample(16), FrameSample.getDefaultInstance())),
        Arguments.of("samples[0].cpu", of(sample(16).toBuilder().setCpu(1.5).build())),
        Arguments.of("samples[0].gpu", of(sample(16).toBuilder().setGpu(-0.1).build())),
        Arguments.of("samples[0].memory_mib", of(sample(16).toBuilder().setMemoryMib(-1).build())),
        Arguments.of("player_id", get.clone().setPlayerId("").build()),
        Arguments.of("duration", get.clone().setDuration(Duration.getDefaultInstance()).build()),
        Arguments.of(
            "duration", get.clone().setDuration(Duration.newBuilder().setSeconds(3601)).build()),
        Arguments.of(
            "duration",
            get.clone().setDuration(Duration.newBuilder().setSeconds(Long.MAX_VALUE)).build()));
  }

  private static ReportMetricsRequest of(FrameSample... samples) {
    return ReportMetricsRequest.newBuilder()
        .setPlayerId("ada")
        .addAllSamples(List.of(samples))
        .build();
  }

  @ParameterizedTest
  @MethodSource
  void wrong(String field, Message request) {
    var error = assertFails(ErrorCode.INVALID_ARGUMENT, () -> send(request));

    assertThat(error.message()).contains(field + ": ").contains("(expected: ");
  }

  private Object send(Message request) {
    return switch (request) {
      case GetSettingsRequest get -> performance.getSettings(get);
      case AdjustModeRequest adjust -> performance.adjustMode(adjust);
      case SetBudgetRequest set -> performance.setBudget(set);
      case ReportMetricsRequest report -> performance.reportMetrics(report);
      case GetMetricsRequest get -> performance.getMetrics(get);
      default -> throw new AssertionError(request.getClass());
    };
  }
}
