package io.bodybroker.settings;

import static io.bodybroker.settings.Values.number;
import static io.bodybroker.settings.Values.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.bodybroker.sdk.Bus;
import io.bodybroker.sdk.config.BusConfig;
import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.sdk.host.ServiceHost;
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
import io.nats.client.Connection;
import io.nats.client.Nats;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two instances over real servers, as in production. */
@TestServers
class TwoInstancesTest {
  private static final Duration BOUND = Duration.ofSeconds(20);

  private final List<ServiceHost> hosts = new ArrayList<>();
  private Connection observer;
  private Bus bus;
  private SettingsClient settings;

  @BeforeEach
  void start(NatsServer nats, RedisServer redis) throws Exception {
    var config =
        BusConfig.builder()
            .natsUrls(List.of(nats.url()))
            .redisUrl(redis.url())
            .callTimeout(Duration.ofSeconds(10))
            .healthHost("127.0.0.1")
            .healthPort(0)
            .build();
    observer = Nats.connect(nats.url());
    for (int i = 0; i < 2; i++) {
      var host = ServiceHost.start(new SettingsModule(), config);
      hosts.add(host);
      assertThat(host.awaitReady(BOUND)).as("ready").isTrue();
    }
    bus = Bus.connect(config);
    assertThat(bus.awaitConnected(BOUND)).isTrue();
    settings = SettingsClient.on(bus);
  }

  @AfterEach
  void stop() throws Exception {
    bus.close();
    hosts.forEach(ServiceHost::close);
    observer.close();
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

  private List<SettingsChanged> events(String player) throws Exception {
    var found = new ArrayList<SettingsChanged>();
    var management = observer.jetStreamManagement();
    long last = management.getStreamInfo("SYSTEM_EVENTS").getStreamState().getLastSequence();
    for (long i = 1; i <= last; i++) {
      var message = management.getMessage("SYSTEM_EVENTS", i);
      if ("evt.settings.changed.v1".equals(message.getSubject())) {
        var event = SettingsChanged.parseFrom(Objects.requireNonNull(message.getData()));
        if (event.getPlayerId().equals(player)) {
          found.add(event);
        }
      }
    }
    return found;
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
    assertNames("player_id", () -> settings.updateSettings(update("a b").build()));
    assertNames(
        "mode",
        () ->
            settings.updateSettings(UpdateSettingsRequest.newBuilder().setPlayerId("ada").build()));
    assertNames(
        "rollout_percent",
        () ->
            settings.putFlag(
                PutFlagRequest.newBuilder().setFlagId("f").setRolloutPercent(101).build()));
    assertNames("flag_id", () -> settings.putFlag(PutFlagRequest.newBuilder().build()));
    assertNames(
        "tier", () -> settings.setTier(SetTierRequest.newBuilder().setPlayerId("ada").build()));
    assertNames(
        "levels.violence_gore",
        () ->
            settings.putContentProfile(
                PutContentProfileRequest.newBuilder()
                    .setProfileId("p")
                    .setLevels(ContentLevels.newBuilder().setViolenceGore(5))
                    .build()));
    assertNames(
        "overrides.moral_complexity",
        () ->
            settings.setContentPolicy(
                SetContentPolicyRequest.newBuilder()
                    .setPlayerId("ada")
                    .setOverrides(ContentLevels.newBuilder().setMoralComplexity(-1))
                    .build()));
    assertNames(
        "session_id",
        () ->
            settings.beginContentSession(
                BeginContentSessionRequest.newBuilder().setPlayerId("ada").build()));
  }

  private static void assertNames(String field, ThrowingCallable call) {
    var error = catchThrowableOfType(ServiceException.class, call);
    assertThat(error.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT);
    assertThat(error.fieldViolations()).extracting(one -> one.field()).containsExactly(field);
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
