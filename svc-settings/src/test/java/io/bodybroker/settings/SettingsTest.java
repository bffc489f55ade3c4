package io.bodybroker.settings;

import static io.bodybroker.settings.Values.bool;
import static io.bodybroker.settings.Values.number;
import static io.bodybroker.settings.Values.text;
import static io.bodybroker.settings.Values.whole;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.google.protobuf.Message;
import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.rpc.CallContext;
import io.bodybroker.sdk.rpc.CallMetadata;
import io.bodybroker.sdk.store.MemoryStores;
import io.bodybroker.sdk.store.Store;
import io.bodybroker.sdk.testing.ServiceAssertions;
import io.bodybroker.settings.state.v1.StoredPlayer;
import io.bodybroker.settings.state.v1.StoredPolicy;
import io.bodybroker.settings.state.v1.StoredSettings;
import io.bodybroker.settings.v1.BeginContentSessionRequest;
import io.bodybroker.settings.v1.ContentLevels;
import io.bodybroker.settings.v1.ContentPolicy;
import io.bodybroker.settings.v1.ContentProfile;
import io.bodybroker.settings.v1.ContentSession;
import io.bodybroker.settings.v1.DeleteFlagRequest;
import io.bodybroker.settings.v1.EvaluateFlagsRequest;
import io.bodybroker.settings.v1.Evaluation;
import io.bodybroker.settings.v1.EvaluationReason;
import io.bodybroker.settings.v1.GameSettingsChanged;
import io.bodybroker.settings.v1.GetContentPolicyRequest;
import io.bodybroker.settings.v1.GetContentSessionRequest;
import io.bodybroker.settings.v1.GetGameSettingsRequest;
import io.bodybroker.settings.v1.GetSettingsRequest;
import io.bodybroker.settings.v1.GetTierRequest;
import io.bodybroker.settings.v1.ListContentProfilesRequest;
import io.bodybroker.settings.v1.ListTiersRequest;
import io.bodybroker.settings.v1.PutContentProfileRequest;
import io.bodybroker.settings.v1.PutFlagRequest;
import io.bodybroker.settings.v1.ResetGameSettingsRequest;
import io.bodybroker.settings.v1.ResetSettingsRequest;
import io.bodybroker.settings.v1.SetContentPolicyRequest;
import io.bodybroker.settings.v1.SetTierRequest;
import io.bodybroker.settings.v1.Setting;
import io.bodybroker.settings.v1.SettingValue;
import io.bodybroker.settings.v1.SettingsChanged;
import io.bodybroker.settings.v1.Tier;
import io.bodybroker.settings.v1.TierBenefits;
import io.bodybroker.settings.v1.UpdateGameSettingsRequest;
import io.bodybroker.settings.v1.UpdateMode;
import io.bodybroker.settings.v1.UpdateSettingsRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class SettingsTest {
  private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
  private static final CallContext CALL = call("");

  private final Store<StoredSettings> store =
      MemoryStores.open(StoredSettings.getDefaultInstance());
  private final List<Message> published = new ArrayList<>();
  private final Settings settings =
      new Settings(
          new Preferences(store, () -> NOW),
          new PolicyBook(MemoryStores.open(StoredPolicy.getDefaultInstance()), () -> NOW),
          new Players(MemoryStores.open(StoredPlayer.getDefaultInstance()), () -> NOW));

  private static CallContext call(String key) {
    var metadata = CallMetadata.builder();
    return CallContext.of(
        (key.isEmpty() ? metadata : metadata.idempotencyKey(key)).build(), Duration.ofSeconds(2));
  }

  /** Each revision as the store's feed tells it. */
  @BeforeEach
  void feed() {
    store.watch("", change -> published.addAll(SettingsEvents.FEED.eventsOf(change)));
  }

  private static UpdateSettingsRequest merge(Map<String, SettingValue> values) {
    return UpdateSettingsRequest.newBuilder()
        .setPlayerId("ada")
        .putAllSettings(values)
        .setMode(UpdateMode.MERGE)
        .build();
  }

  private List<Setting> read(String... keys) {
    return settings
        .getSettings(
            GetSettingsRequest.newBuilder().setPlayerId("ada").addAllKeys(List.of(keys)).build(),
            CALL)
        .getSettingsList();
  }

  @Test
  void answersEverySettingOfAPlayerNobodyHasSeen() {
    assertThat(read()).hasSize(41).allMatch(Setting::getIsDefault);
    assertThat(read("audio")).hasSize(7);
  }

  @Test
  void announcesAChangeOnceAndNoneThatChangesNothing() {
    settings.updateSettings(
        merge(Map.of("ui.theme", text("light"), "ui.language", text("it"))), CALL);
    settings.updateSettings(merge(Map.of("ui.theme", text("light"))), CALL);
    settings.updateSettings(merge(Map.of("ui.theme", text("light"))), call("key-1"));
    settings.updateSettings(merge(Map.of("video.vsync", bool(true))), CALL);
    assertThat(published)
        .containsExactly(
            SettingsChanged.newBuilder()
                .setPlayerId("ada")
                .addKeys("ui.language")
                .addKeys("ui.theme")
                .setVersion(1)
                .build());
  }

  @Test
  void appliesNothingOfAWriteWithOneWrongValue() {
    assertFails(
        ErrorCode.INVALID_ARGUMENT,
        "settings[audio.music_volume]: double_value 2.0 (expected: a double_value, 0 to 1)",
        () ->
            settings.updateSettings(
                merge(Map.of("ui.theme", text("light"), "audio.music_volume", number(2))), CALL));
    assertThat(read("ui.theme").getFirst().getIsDefault()).isTrue();
    assertThat(published).isEmpty();
  }

  @Test
  void resetsWhatIsNamedOrEverything() {
    settings.updateSettings(
        merge(Map.of("ui.theme", text("light"), "audio.music_volume", number(0.1))), CALL);
    var some = ResetSettingsRequest.newBuilder().setPlayerId("ada").addKeys("audio").build();
    assertThat(settings.resetSettings(some, CALL).getChangedKeysList())
        .containsExactly("audio.music_volume");
    var all = ResetSettingsRequest.newBuilder().setPlayerId("ada").build();
    assertThat(settings.resetSettings(all, CALL).getChangedKeysList()).containsExactly("ui.theme");
    var again = settings.resetSettings(all, CALL);
    assertThat(again.getChangedKeysList()).isEmpty();
    assertThat(again.getVersion()).isEqualTo(3);
    assertThat(read()).allMatch(Setting::getIsDefault);
    assertFails(
        ErrorCode.INVALID_ARGUMENT,
        "keys[0]: sound (expected: a key that ListDefinitions has for scope PLAYER)",
        () ->
            settings.resetSettings(
                ResetSettingsRequest.newBuilder().setPlayerId("ada").addKeys("sound").build(),
                CALL));
  }

  @Test
  void answersARepeatedWriteAsTheFirstTime() {
    var write = merge(Map.of("ui.theme", text("light")));
    var first = settings.updateSettings(write, call("key-1"));
    settings.updateSettings(merge(Map.of("ui.theme", text("dark"))), CALL);
    assertThat(settings.updateSettings(write, call("key-1"))).isEqualTo(first);
    assertThat(read("ui.theme").getFirst().getValue()).isEqualTo(text("dark"));
    assertFails(
        ErrorCode.INVALID_ARGUMENT,
        "idempotency key: key-1",
        () -> settings.updateSettings(merge(Map.of("ui.theme", text("dark"))), call("key-1")));
  }

  @Test
  void keepsSettingsOfTheGameAndOfPlayersApart() {
    var update =
        UpdateGameSettingsRequest.newBuilder()
            .putSettings("game.max_players", whole(64))
            .setMode(UpdateMode.REPLACE)
            .build();
    assertThat(settings.updateGameSettings(update, CALL).getChangedKeysList())
        .containsExactly("game.max_players");
    var game = settings.getGameSettings(GetGameSettingsRequest.getDefaultInstance(), CALL);
    assertThat(game.getSettingsList()).hasSize(4);
    assertThat(game.getSettings(0).getValue()).isEqualTo(whole(64));
    assertThat(published)
        .containsExactly(
            GameSettingsChanged.newBuilder().addKeys("game.max_players").setVersion(1).build());
    assertFails(
        ErrorCode.INVALID_ARGUMENT,
        "settings[ui.theme]: ui.theme (expected: a key that ListDefinitions has for scope GAME)",
        () ->
            settings.updateGameSettings(
                UpdateGameSettingsRequest.newBuilder()
                    .putSettings("ui.theme", text("dark"))
                    .setMode(UpdateMode.MERGE)
                    .build(),
                CALL));
    settings.resetGameSettings(ResetGameSettingsRequest.getDefaultInstance(), CALL);
    assertThat(
            settings
                .getGameSettings(GetGameSettingsRequest.getDefaultInstance(), CALL)
                .getSettingsList())
        .allMatch(Setting::getIsDefault);
  }

  @Test
  void evaluatesFlagsByTierAndSaysWhatIsUnknown() {
    putFlag("early", Tier.WHALE);
    putFlag("all");
    assertThat(evaluate())
        .containsExactly(
            evaluation("all", true, EvaluationReason.ROLLED_OUT),
            evaluation("early", false, EvaluationReason.OTHER_TIER));
    settings.setTier(
        SetTierRequest.newBuilder().setPlayerId("ada").setTier(Tier.WHALE).build(), CALL);
    assertThat(evaluate("early", "none"))
        .containsExactly(
            evaluation("early", true, EvaluationReason.ROLLED_OUT),
            evaluation("none", false, EvaluationReason.UNKNOWN_FLAG));
    settings.deleteFlag(DeleteFlagRequest.newBuilder().setFlagId("early").build(), CALL);
    assertThat(evaluate()).hasSize(1);
  }

  private void putFlag(String id, Tier... tiers) {
    settings.putFlag(
        PutFlagRequest.newBuilder()
            .setFlagId(id)
            .setEnabled(true)
            .addAllTiers(List.of(tiers))
            .build(),
        CALL);
  }

  private List<Evaluation> evaluate(String... flags) {
    var request =
        EvaluateFlagsRequest.newBuilder().setPlayerId("ada").addAllFlagIds(List.of(flags)).build();
    return settings.evaluateFlags(request, CALL).getEvaluationsList();
  }

  private static Evaluation evaluation(String flag, boolean on, EvaluationReason reason) {
    return Evaluation.newBuilder().setFlagId(flag).setOn(on).setReason(reason).build();
  }

  @Test
  void hasRoomForSoManyFlagsAndProfiles() {
    for (int i = 0; i < PolicyBook.MAX_FLAGS; i++) {
      putFlag("flag-" + i);
    }
    putFlag("flag-0");
    assertFails(
        ErrorCode.RESOURCE_EXHAUSTED, "there are 200 feature flags", () -> putFlag("another"));
    for (int i = 0; i < PolicyBook.MAX_PROFILES; i++) {
      putProfile("profile-" + i, ContentLevels.getDefaultInstance());
    }
    assertFails(
        ErrorCode.RESOURCE_EXHAUSTED,
        "there are 50 content profiles",
        () -> putProfile("another", ContentLevels.getDefaultInstance()));
  }

  @Test
  void givesWhoeverNeverSubscribedTheFreeTier() {
    var free = settings.getTier(GetTierRequest.newBuilder().setPlayerId("ada").build(), CALL);
    assertThat(free.getBenefits().getTier()).isEqualTo(Tier.FREE);
    assertThat(settings.listTiers(ListTiersRequest.getDefaultInstance(), CALL).getTiersList())
        .extracting(
            TierBenefits::getTier,
            TierBenefits::getMaxCharacters,
            TierBenefits::getStorageMegabytes,
            TierBenefits::getFeaturesCount)
        .containsExactly(
            tuple(Tier.FREE, 1, 100, 1),
            tuple(Tier.PREMIUM, 3, 1_000, 5),
            tuple(Tier.WHALE, 10, 10_000, 6));
  }

  private void putProfile(String id, ContentLevels levels) {
    settings.putContentProfile(
        PutContentProfileRequest.newBuilder().setProfileId(id).setLevels(levels).build(), CALL);
  }

  private ContentPolicy choose(String profile, ContentLevels overrides) {
    return settings
        .setContentPolicy(
            SetContentPolicyRequest.newBuilder()
                .setPlayerId("ada")
                .setProfileId(profile)
                .setOverrides(overrides)
                .build(),
            CALL)
        .getPolicy();
  }

  private ContentSession begin(String session) {
    return settings
        .beginContentSession(
            BeginContentSessionRequest.newBuilder()
                .setPlayerId("ada")
                .setSessionId(session)
                .build(),
            CALL)
        .getSession();
  }

  @Test
  void overridesAProfileCategoryByCategory() {
    putProfile("gory", ContentLevels.newBuilder().setViolenceGore(4).setHorrorIntensity(3).build());
    var policy = choose("gory", ContentLevels.newBuilder().setHorrorIntensity(0).build());
    assertThat(policy.getLevels().getViolenceGore()).isEqualTo(4);
    assertThat(policy.getLevels().getHorrorIntensity()).isZero();
    assertThat(policy.getLevels().hasMoralComplexity()).isTrue();
    var read =
        settings.getContentPolicy(
            GetContentPolicyRequest.newBuilder().setPlayerId("ada").build(), CALL);
    assertThat(read.getPolicy()).isEqualTo(policy);
    assertFails(
        ErrorCode.NOT_FOUND,
        "content profile \"none\" does not exist",
        () -> choose("none", ContentLevels.getDefaultInstance()));
  }

  @Test
  void listsBuiltInProfilesAndLetsThemBeReplaced() {
    putProfile("mild", ContentLevels.newBuilder().setDrugsSubstances(1).build());
    var profiles =
        settings
            .listContentProfiles(ListContentProfilesRequest.getDefaultInstance(), CALL)
            .getProfilesList();
    assertThat(profiles)
        .extracting(ContentProfile::getProfileId, ContentProfile::getBuiltIn)
        .containsExactly(tuple("full", true), tuple("mild", false), tuple("standard", true));
  }

  @Test
  void freezesTheLevelsOfASessionThatHasBegun() {
    var first = begin("s1");
    choose("full", ContentLevels.getDefaultInstance());
    assertThat(begin("s1")).isEqualTo(first);
    var second = begin("s2");
    assertThat(first.getPolicyVersion()).isEqualTo(1);
    assertThat(first.getLevels().getViolenceGore()).isEqualTo(2);
    assertThat(second.getPolicyVersion()).isEqualTo(2);
    assertThat(second.getLevels().getViolenceGore()).isEqualTo(4);
    assertThat(session("s1")).isEqualTo(first);
  }

  private ContentSession session(String id) {
    return settings
        .getContentSession(
            GetContentSessionRequest.newBuilder().setPlayerId("ada").setSessionId(id).build(), CALL)
        .getSession();
  }

  @Test
  void forgetsTheOldestSession() {
    for (int i = 0; i <= Players.SESSIONS_KEPT; i++) {
      begin("s" + i);
    }
    assertThat(session("s1").getPolicyVersion()).isEqualTo(2);
    assertFails(ErrorCode.NOT_FOUND, "content session \"s0\" does not exist", () -> session("s0"));
  }

  private static void assertFails(ErrorCode code, String message, Executable call) {
    assertThat(ServiceAssertions.assertFails(code, call).message()).startsWith(message);
  }
}
