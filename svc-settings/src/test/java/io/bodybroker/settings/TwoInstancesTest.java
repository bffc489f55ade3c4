package io.bodybroker.settings;

import static io.bodybroker.sdk.testing.ServiceAssertions.assertRefuses;
import static io.bodybroker.settings.Values.number;
import static io.bodybroker.settings.Values.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.bodybroker.sdk.testing.RunningService;
import io.bodybroker.settings.v1.BeginContentSessionRequest;
import io.bodybroker.settings.v1.BeginContentSessionResponse;
import io.bodybroker.settings.v1.ContentLevels;
import io.bodybroker.settings.v1.GetSettingsRequest;
import io.bodybroker.settings.v1.PutContentProfileRequest;
import io.bodybroker.settings.v1.PutFlagRequest;
import io.bodybroker.settings.v1.SetContentPolicyRequest;
import io.bodybroker.settings.v1.SetTierRequest;
import io.bodybroker.settings.v1.Setting;
import io.bodybroker.settings.v1.SettingsChanged;
import io.bodybroker.settings.v1.SettingsClient;
import io.bodybroker.settings.v1.UpdateMode;
import io.bodybroker.settings.v1.UpdateSettingsRequest;
import io.bodybroker.settings.v1.UpdateSettingsResponse;
import io.bodybroker.settings.v1.WatchSettingsRequest;
import io.bodybroker.testkit.Await;
import io.bodybroker.testkit.NatsServer;
import io.bodybroker.testkit.RedisServer;
import io.bodybroker.testkit.TestServers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two instances over real servers, as in production. */
@TestServers
class TwoInstancesTest {
  private static final Duration BOUND = Duration.ofSeconds(20);

  private RunningService service;
  private SettingsClient settings;

  @BeforeEach
  void start(NatsServer nats, RedisServer redis) {
    service = RunningService.of(SettingsModule::new).start(nats, redis);
    settings = SettingsClient.on(service.bus());
  }

  @AfterEach
  void stop() {
    service.close();
  }

  private static UpdateSettingsRequest.Builder update(String player) {
    return UpdateSettingsRequest.newBuilder().setPlayerId(player).setMode(UpdateMode.MERGE);
  }

  @Test
  void seeWhatTheOtherWrote() {
    for (int i = 1; i <= 20; i++) {
      settings.updateSettings(
          update("ada").putSettings("audio.music_volume", number(i / 100.0)).build());
      var read =
          settings.getSettings(
              GetSettingsRequest.newBuilder()
                  .setPlayerId("ada")
                  .addKeys("audio.music_volume")
                  .build());
      assertThat(read.getSettings(0).getValue()).isEqualTo(number(i / 100.0));
      assertThat(read.getVersion()).isEqualTo(i);
    }
  }

  @Test
  void loseNoneOfManyRacingWritesAndAnnounceEachOnce() throws Exception {
    var keys =
        List.of(
            "audio.master_volume", "audio.music_volume", "audio.sfx_volume", "audio.voice_volume");
    var writes = new ArrayList<CompletableFuture<UpdateSettingsResponse>>();
    for (int round = 1; round <= 5; round++) {
      for (String key : keys) {
        writes.add(
            settings.updateSettingsAsync(
                update("raced").putSettings(key, number(round / 100.0)).build()));
      }
    }
    var changes = new ArrayList<UpdateSettingsResponse>();
    for (CompletableFuture<UpdateSettingsResponse> write : writes) {
      changes.add(write.get());
    }
    changes.removeIf(answer -> answer.getChangedKeysCount() == 0);

    assertThat(changes).extracting(UpdateSettingsResponse::getVersion).doesNotHaveDuplicates();
    Await.untilSeen(BOUND, "events", () -> events("raced").size(), n -> n >= changes.size());
    assertThat(events("raced"))
        .extracting(SettingsChanged::getVersion)
        .isEqualTo(LongStream.rangeClosed(1, changes.size()).boxed().toList());
  }

  private List<SettingsChanged> events(String player) {
    return service.published(SettingsChanged.getDefaultInstance()).stream()
        .filter(event -> event.getPlayerId().equals(player))
        .toList();
  }

  @Test
  void streamSettingsAsTheyChange() {
    var watch = WatchSettingsRequest.newBuilder().setPlayerId("watched").build();
    try (var stream = settings.watchSettings(watch)) {
      assertThat(stream.awaitNext(BOUND)).isTrue();
      var first = stream.next().orElseThrow();
      assertThat(first.getVersion()).isZero();
      assertThat(first.getSettingsList()).hasSize(41);
      settings.updateSettings(update("watched").putSettings("ui.theme", text("light")).build());
      assertThat(stream.awaitNext(BOUND)).isTrue();
      var second = stream.next().orElseThrow();
      assertThat(second.getVersion()).isEqualTo(1);
      assertThat(second.getSettingsList())
          .filteredOn(setting -> !setting.getIsDefault())
          .extracting(Setting::getKey)
          .containsExactly("ui.theme");
    }
  }

  @Test
  void refuseWhatTheContractForbids() {
    assertRefuses(() -> settings.updateSettings(update("a b").build()), "player_id");
    assertRefuses(
        () ->
            settings.updateSettings(UpdateSettingsRequest.newBuilder().setPlayerId("ada").build()),
        "mode");
    assertRefuses(
        () ->
            settings.putFlag(
                PutFlagRequest.newBuilder().setFlagId("f").setRolloutPercent(101).build()),
        "rollout_percent");
    assertRefuses(() -> settings.putFlag(PutFlagRequest.newBuilder().build()), "flag_id");
    assertRefuses(
        () -> settings.setTier(SetTierRequest.newBuilder().setPlayerId("ada").build()), "tier");
    assertRefuses(
        () ->
            settings.putContentProfile(
                PutContentProfileRequest.newBuilder()
                    .setProfileId("p")
                    .setLevels(ContentLevels.newBuilder().setViolenceGore(5))
                    .build()),
        "levels.violence_gore");
    assertRefuses(
        () ->
            settings.setContentPolicy(
                SetContentPolicyRequest.newBuilder()
                    .setPlayerId("ada")
                    .setOverrides(ContentLevels.newBuilder().setMoralComplexity(-1))
                    .build()),
        "overrides.moral_complexity");
    assertRefuses(
        () ->
            settings.beginContentSession(
                BeginContentSessionRequest.newBuilder().setPlayerId("ada").build()),
        "session_id");
  }

  @Test
  void countPoliciesThatAreFrozenAtOnce() {
    var begins = new ArrayList<CompletableFuture<BeginContentSessionResponse>>();
    for (int i = 0; i < 10; i++) {
      begins.add(
          settings.beginContentSessionAsync(
              BeginContentSessionRequest.newBuilder()
                  .setPlayerId("busy")
                  .setSessionId("s" + i)
                  .build()));
    }
    assertThat(begins)
        .extracting(begin -> begin.join().getSession().getPolicyVersion())
        .containsExactlyInAnyOrder(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L);
  }
}
