package io.bodybroker.performancemode;

import com.google.protobuf.Empty;
import io.bodybroker.performancemode.quality.Budgets;
import io.bodybroker.performancemode.quality.Frames;
import io.bodybroker.performancemode.quality.Player;
import io.bodybroker.performancemode.quality.Presets;
import io.bodybroker.performancemode.state.v1.StoredFrames;
import io.bodybroker.performancemode.state.v1.StoredPlayer;
import io.bodybroker.performancemode.v1.AdjustModeRequest;
import io.bodybroker.performancemode.v1.AdjustModeResponse;
import io.bodybroker.performancemode.v1.Budget;
import io.bodybroker.performancemode.v1.GetMetricsRequest;
import io.bodybroker.performancemode.v1.GetMetricsResponse;
import io.bodybroker.performancemode.v1.GetSettingsRequest;
import io.bodybroker.performancemode.v1.GetSettingsResponse;
import io.bodybroker.performancemode.v1.Metrics;
import io.bodybroker.performancemode.v1.PerformanceModeService;
import io.bodybroker.performancemode.v1.ReportMetricsRequest;
import io.bodybroker.performancemode.v1.ReportMetricsResponse;
import io.bodybroker.performancemode.v1.SetBudgetRequest;
import io.bodybroker.performancemode.v1.SetBudgetResponse;
import io.bodybroker.sdk.idempotency.IdempotentCall;
import io.bodybroker.sdk.rpc.CallContext;
import io.bodybroker.sdk.store.Store;
import io.bodybroker.sdk.store.Versioned;
import io.bodybroker.sdk.time.ProtoTimes;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;

/**
 * Answers the calls to performance-mode. Stateless: everything is in the stores, so any instance
 * answers any call.
 */
public final class PerformanceMode implements PerformanceModeService {
  private static final Duration USUAL = Duration.ofSeconds(10);
  private static final Duration SHORTEST = Duration.ofMillis(1);
  private static final Duration LONGEST = Duration.ofHours(1);
  private static final int CALLS_KEPT = 16;

  private final Store<StoredPlayer> players;
  private final Store<StoredFrames> frames;
  private final InstantSource time;

  PerformanceMode(Store<StoredPlayer> players, Store<StoredFrames> frames, InstantSource time) {
    this.players = players;
    this.frames = frames;
    this.time = time;
  }

  @Override
  public GetSettingsResponse getSettings(GetSettingsRequest request, CallContext call) {
    Player player = player(request.getPlayerId());
    var response =
        GetSettingsResponse.newBuilder()
            .setSettings(player.settings())
            .addAllBudgets(player.budgets());
    if (player.stored().hasChangedAt()) {
      response.setChangedAt(player.stored().getChangedAt());
    }
    return response.build();
  }

  @Override
  public AdjustModeResponse adjustMode(AdjustModeRequest request, CallContext call) {
    Instant now = time.instant();
    Written written =
        write(
            request.getPlayerId(),
            player ->
                player.adjusted(request.getMode(), request.getCustom(), request.getForce(), now));
    return AdjustModeResponse.newBuilder()
        .setSettings(written.player().settings())
        .setChanged(written.isChanged())
        .build();
  }

  @Override
  public SetBudgetResponse setBudget(SetBudgetRequest request, CallContext call) {
    var budget =
        Budget.newBuilder()
            .setType(request.getType())
            .setLimit(request.getLimit())
            .setStrict(request.getStrict())
            .build();
    Written written = write(request.getPlayerId(), player -> player.budgeted(budget));
    return SetBudgetResponse.newBuilder().addAllBudgets(written.player().budgets()).build();
  }

  @Override
  public ReportMetricsResponse reportMetrics(ReportMetricsRequest request, CallContext call) {
    Instant now = time.instant();
    Frames all = add(request, IdempotentCall.of(call, request), now);
    Player player = write(request.getPlayerId(), before -> before.following(all, now)).player();
    Frames recent = all.since(now.minus(USUAL));
    Metrics metrics = recent.metrics(player.settings());
    var uses = Budgets.uses(player.budgets(), metrics);
    return ReportMetricsResponse.newBuilder()
        .setSettings(player.settings())
        .setRecommendedMode(Presets.recommended(player.settings(), metrics.getAverageFps()))
        .addAllBudgets(uses)
        .setQualityScale(Budgets.qualityScale(uses))
        .setSkipOptionalWork(recent.isSkipping(player))
        .build();
  }

  /** A report that comes again adds nothing. */
  private Frames add(ReportMetricsRequest request, IdempotentCall call, Instant now) {
    var saved =
        frames.update(
            request.getPlayerId(),
            before -> {
              var stored = before.orElseGet(StoredFrames::getDefaultInstance);
              if (call.answer(stored.getAppliedCalls(), Empty.getDefaultInstance()).isPresent()) {
                return stored;
              }
              var next = new Frames(stored.getFramesList()).with(request.getSamplesList(), now);
              return StoredFrames.newBuilder()
                  .addAllFrames(next.frames())
                  .setAppliedCalls(
                      call.remember(
                          stored.getAppliedCalls(), Empty.getDefaultInstance(), CALLS_KEPT))
                  .build();
            });
    return new Frames(saved.value().getFramesList());
  }

  @Override
  public GetMetricsResponse getMetrics(GetMetricsRequest request, CallContext call) {
    Duration back = back(request);
    Player player = player(request.getPlayerId());
    var stored = frames.get(request.getPlayerId()).map(Versioned::value);
    Frames wanted =
        new Frames(stored.map(StoredFrames::getFramesList).orElse(List.of()))
            .since(time.instant().minus(back));
    Metrics metrics = wanted.metrics(player.settings());
    return GetMetricsResponse.newBuilder()
        .setMetrics(metrics)
        .setRecommendedMode(Presets.recommended(player.settings(), metrics.getAverageFps()))
        .addAllBudgets(Budgets.uses(player.budgets(), metrics))
        .build();
  }

  private static Duration back(GetMetricsRequest request) {
    if (!request.hasDuration()) {
      return USUAL;
    }
    return ProtoTimes.within("duration", request.getDuration(), SHORTEST, LONGEST);
  }

  private Player player(String playerId) {
    return Player.of(players.get(playerId).map(Versioned::value));
  }

  private record Written(Player player, boolean isChanged) {}

  /** Nobody is stored who chose nothing. */
  private Written write(String playerId, UnaryOperator<Player> change) {
    Optional<StoredPlayer> found = players.get(playerId).map(Versioned::value);
    Player before = Player.of(found);
    if (change.apply(before).equals(before)) {
      return new Written(before, false);
    }
    // The change runs at least once, and the last run is the one that is written.
    var last = new AtomicReference<Player>(before);
    var saved =
        players.update(
            playerId,
            stored -> {
              Player current = Player.of(stored);
              last.set(current);
              return change.apply(current).stored();
            });
    var after = new Player(saved.value());
    return new Written(after, !after.settings().equals(last.get().settings()));
  }
}
