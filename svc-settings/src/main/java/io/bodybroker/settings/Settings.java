package io.bodybroker.settings;

import io.bodybroker.sdk.idempotency.IdempotentCall;
import io.bodybroker.sdk.rpc.CallContext;
import io.bodybroker.sdk.rpc.LatestValue;
import io.bodybroker.sdk.rpc.ResponseWriter;
import io.bodybroker.settings.Preferences.Owned;
import io.bodybroker.settings.policy.ContentProfiles;
import io.bodybroker.settings.policy.Rollout;
import io.bodybroker.settings.policy.Tiers;
import io.bodybroker.settings.preference.Catalog;
import io.bodybroker.settings.state.v1.Receipt;
import io.bodybroker.settings.v1.BeginContentSessionRequest;
import io.bodybroker.settings.v1.BeginContentSessionResponse;
import io.bodybroker.settings.v1.ContentProfile;
import io.bodybroker.settings.v1.DeleteFlagRequest;
import io.bodybroker.settings.v1.DeleteFlagResponse;
import io.bodybroker.settings.v1.EvaluateFlagsRequest;
import io.bodybroker.settings.v1.EvaluateFlagsResponse;
import io.bodybroker.settings.v1.Evaluation;
import io.bodybroker.settings.v1.Flag;
import io.bodybroker.settings.v1.GetContentPolicyRequest;
import io.bodybroker.settings.v1.GetContentPolicyResponse;
import io.bodybroker.settings.v1.GetContentSessionRequest;
import io.bodybroker.settings.v1.GetContentSessionResponse;
import io.bodybroker.settings.v1.GetGameSettingsRequest;
import io.bodybroker.settings.v1.GetGameSettingsResponse;
import io.bodybroker.settings.v1.GetSettingsRequest;
import io.bodybroker.settings.v1.GetSettingsResponse;
import io.bodybroker.settings.v1.GetTierRequest;
import io.bodybroker.settings.v1.GetTierResponse;
import io.bodybroker.settings.v1.ListContentProfilesRequest;
import io.bodybroker.settings.v1.ListContentProfilesResponse;
import io.bodybroker.settings.v1.ListDefinitionsRequest;
import io.bodybroker.settings.v1.ListDefinitionsResponse;
import io.bodybroker.settings.v1.ListFlagsRequest;
import io.bodybroker.settings.v1.ListFlagsResponse;
import io.bodybroker.settings.v1.ListTiersRequest;
import io.bodybroker.settings.v1.ListTiersResponse;
import io.bodybroker.settings.v1.PutContentProfileRequest;
import io.bodybroker.settings.v1.PutContentProfileResponse;
import io.bodybroker.settings.v1.PutFlagRequest;
import io.bodybroker.settings.v1.PutFlagResponse;
import io.bodybroker.settings.v1.ResetGameSettingsRequest;
import io.bodybroker.settings.v1.ResetGameSettingsResponse;
import io.bodybroker.settings.v1.ResetSettingsRequest;
import io.bodybroker.settings.v1.ResetSettingsResponse;
import io.bodybroker.settings.v1.SetContentPolicyRequest;
import io.bodybroker.settings.v1.SetContentPolicyResponse;
import io.bodybroker.settings.v1.SetTierRequest;
import io.bodybroker.settings.v1.SetTierResponse;
import io.bodybroker.settings.v1.SettingValue;
import io.bodybroker.settings.v1.SettingsService;
import io.bodybroker.settings.v1.UpdateGameSettingsRequest;
import io.bodybroker.settings.v1.UpdateGameSettingsResponse;
import io.bodybroker.settings.v1.UpdateMode;
import io.bodybroker.settings.v1.UpdateSettingsRequest;
import io.bodybroker.settings.v1.UpdateSettingsResponse;
import io.bodybroker.settings.v1.WatchSettingsRequest;
import io.bodybroker.settings.v1.WatchSettingsResponse;
import java.util.Map;
import java.util.TreeMap;

/**
 * Answers the calls to settings. Stateless: everything is in the stores, so any instance answers
 * any call.
 */
public final class Settings implements SettingsService {
  private static final Owner GAME = new Owner.Game();

  private final Preferences preferences;
  private final PolicyBook policyBook;
  private final Players players;

  Settings(Preferences preferences, PolicyBook policyBook, Players players) {
    this.preferences = preferences;
    this.policyBook = policyBook;
    this.players = players;
  }

  @Override
  public ListDefinitionsResponse listDefinitions(ListDefinitionsRequest request, CallContext call) {
    var answer = ListDefinitionsResponse.newBuilder();
    Catalog.all().forEach(rule -> answer.addDefinitions(rule.definition()));
    return answer.build();
  }

  @Override
  public GetSettingsResponse getSettings(GetSettingsRequest request, CallContext call) {
    var wanted = Catalog.OF_PLAYERS.select(request.getKeysList());
    var owner = new Owner.Player(request.getPlayerId());
    var owned =
        request.hasMinVersion()
            ? preferences.read(owner, request.getMinVersion())
            : preferences.read(owner);
    return GetSettingsResponse.newBuilder()
        .addAllSettings(owned.overrides().effective(wanted))
        .setVersion(owned.version())
        .build();
  }

  @Override
  public UpdateSettingsResponse updateSettings(UpdateSettingsRequest request, CallContext call) {
    var receipt =
        update(
            new Owner.Player(request.getPlayerId()),
            IdempotentCall.of(call, request),
            request.getSettingsMap(),
            request.getMode());
    return UpdateSettingsResponse.newBuilder()
        .addAllChangedKeys(receipt.getChangedKeysList())
        .setVersion(receipt.getVersion())
        .build();
  }

  private Receipt update(
      Owner owner, IdempotentCall call, Map<String, SettingValue> values, UpdateMode mode) {
    return preferences.commit(
        owner,
        call,
        (old, now) ->
            mode == UpdateMode.REPLACE ? old.replacedBy(values, now) : old.with(values, now));
  }

  @Override
  public ResetSettingsResponse resetSettings(ResetSettingsRequest request, CallContext call) {
    var wanted = Catalog.OF_PLAYERS.select(request.getKeysList());
    var receipt =
        preferences.commit(
            new Owner.Player(request.getPlayerId()),
            IdempotentCall.of(call, request),
            (old, now) -> old.without(wanted));
    return ResetSettingsResponse.newBuilder()
        .addAllChangedKeys(receipt.getChangedKeysList())
        .setVersion(receipt.getVersion())
        .build();
  }

  @Override
  public void watchSettings(
      WatchSettingsRequest request,
      CallContext call,
      ResponseWriter<WatchSettingsResponse> responses)
      throws InterruptedException {
    var owner = new Owner.Player(request.getPlayerId());
    var latest = new LatestValue<Owned>();
    // Followed first and read then: no version is missed, and the watch may tell again what was
    // read, or what is older.
    try (var watch = preferences.watch(owner, latest::set)) {
      var owned = preferences.read(owner);
      if (!request.hasAfterVersion() || request.getAfterVersion() != owned.version()) {
        responses.send(watched(owned));
      }
      while (true) {
        var next = latest.take();
        if (next.version() > owned.version()) {
          owned = next;
          responses.send(watched(owned));
        }
      }
    }
  }

  private static WatchSettingsResponse watched(Owned owned) {
    return WatchSettingsResponse.newBuilder()
        .addAllSettings(owned.overrides().effective(Catalog.OF_PLAYERS.rules()))
        .setVersion(owned.version())
        .build();
  }

  @Override
  public GetGameSettingsResponse getGameSettings(GetGameSettingsRequest request, CallContext call) {
    var wanted = Catalog.OF_GAME.select(request.getKeysList());
    var owned = preferences.read(GAME);
    return GetGameSettingsResponse.newBuilder()
        .addAllSettings(owned.overrides().effective(wanted))
        .setVersion(owned.version())
        .build();
  }

  @Override
  public UpdateGameSettingsResponse updateGameSettings(
      UpdateGameSettingsRequest request, CallContext call) {
    var receipt =
        update(GAME, IdempotentCall.of(call, request), request.getSettingsMap(), request.getMode());
    return UpdateGameSettingsResponse.newBuilder()
        .addAllChangedKeys(receipt.getChangedKeysList())
        .setVersion(receipt.getVersion())
        .build();
  }

  @Override
  public ResetGameSettingsResponse resetGameSettings(
      ResetGameSettingsRequest request, CallContext call) {
    var wanted = Catalog.OF_GAME.select(request.getKeysList());
    var receipt =
        preferences.commit(
            GAME, IdempotentCall.of(call, request), (old, now) -> old.without(wanted));
    return ResetGameSettingsResponse.newBuilder()
        .addAllChangedKeys(receipt.getChangedKeysList())
        .setVersion(receipt.getVersion())
        .build();
  }

  @Override
  public PutFlagResponse putFlag(PutFlagRequest request, CallContext call) {
    var flag =
        Flag.newBuilder()
            .setFlagId(request.getFlagId())
            .setEnabled(request.getEnabled())
            .setRolloutPercent(request.hasRolloutPercent() ? request.getRolloutPercent() : 100)
            .addAllTiers(request.getTiersList().stream().map(Tiers::effective).distinct().toList())
            .setDescription(request.getDescription())
            .build();
    return PutFlagResponse.newBuilder().setFlag(policyBook.put(flag)).build();
  }

  @Override
  public DeleteFlagResponse deleteFlag(DeleteFlagRequest request, CallContext call) {
    policyBook.deleteFlag(request.getFlagId());
    return DeleteFlagResponse.getDefaultInstance();
  }

  @Override
  public ListFlagsResponse listFlags(ListFlagsRequest request, CallContext call) {
    return ListFlagsResponse.newBuilder().addAllFlags(policyBook.flags()).build();
  }

  @Override
  public EvaluateFlagsResponse evaluateFlags(EvaluateFlagsRequest request, CallContext call) {
    var player = request.getPlayerId();
    var tier = players.tier(player);
    var evaluations = new TreeMap<String, Evaluation>();
    request.getFlagIdsList().forEach(name -> evaluations.put(name, Rollout.unknown(name)));
    for (Flag flag : policyBook.flags()) {
      if (request.getFlagIdsCount() == 0 || evaluations.containsKey(flag.getFlagId())) {
        evaluations.put(flag.getFlagId(), Rollout.evaluate(flag, player, tier));
      }
    }
    return EvaluateFlagsResponse.newBuilder().addAllEvaluations(evaluations.values()).build();
  }

  @Override
  public ListTiersResponse listTiers(ListTiersRequest request, CallContext call) {
    return ListTiersResponse.newBuilder().addAllTiers(Tiers.all()).build();
  }

  @Override
  public GetTierResponse getTier(GetTierRequest request, CallContext call) {
    var tier = players.tier(request.getPlayerId());
    return GetTierResponse.newBuilder().setBenefits(Tiers.benefits(tier)).build();
  }

  @Override
  public SetTierResponse setTier(SetTierRequest request, CallContext call) {
    players.setTier(request.getPlayerId(), request.getTier());
    return SetTierResponse.newBuilder().setBenefits(Tiers.benefits(request.getTier())).build();
  }

  @Override
  public PutContentProfileResponse putContentProfile(
      PutContentProfileRequest request, CallContext call) {
    var profile =
        ContentProfile.newBuilder()
            .setProfileId(request.getProfileId())
            .setLevels(ContentProfiles.complete(request.getLevels()))
            .setDescription(request.getDescription())
            .build();
    policyBook.put(profile);
    return PutContentProfileResponse.newBuilder().setProfile(profile).build();
  }

  @Override
  public ListContentProfilesResponse listContentProfiles(
      ListContentProfilesRequest request, CallContext call) {
    return ListContentProfilesResponse.newBuilder()
        .addAllProfiles(policyBook.profiles().all())
        .build();
  }

  @Override
  public GetContentPolicyResponse getContentPolicy(
      GetContentPolicyRequest request, CallContext call) {
    var policy = players.policy(request.getPlayerId(), policyBook.profiles());
    return GetContentPolicyResponse.newBuilder().setPolicy(policy).build();
  }

  @Override
  public SetContentPolicyResponse setContentPolicy(
      SetContentPolicyRequest request, CallContext call) {
    var policy =
        players.choose(
            request.getPlayerId(),
            request.getProfileId(),
            request.getOverrides(),
            policyBook.profiles());
    return SetContentPolicyResponse.newBuilder().setPolicy(policy).build();
  }

  @Override
  public BeginContentSessionResponse beginContentSession(
      BeginContentSessionRequest request, CallContext call) {
    var session =
        players.begin(request.getPlayerId(), request.getSessionId(), policyBook.profiles());
    return BeginContentSessionResponse.newBuilder().setSession(session).build();
  }

  @Override
  public GetContentSessionResponse getContentSession(
      GetContentSessionRequest request, CallContext call) {
    var session = players.session(request.getPlayerId(), request.getSessionId());
    return GetContentSessionResponse.newBuilder().setSession(session).build();
  }
}
