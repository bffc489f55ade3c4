package io.bodybroker.questsystem;

import io.bodybroker.questsystem.journal.Journal;
import io.bodybroker.questsystem.order.Circumstances;
import io.bodybroker.questsystem.order.QuestMaker;
import io.bodybroker.questsystem.v1.AbandonQuestRequest;
import io.bodybroker.questsystem.v1.AbandonQuestResponse;
import io.bodybroker.questsystem.v1.AcceptQuestRequest;
import io.bodybroker.questsystem.v1.AcceptQuestResponse;
import io.bodybroker.questsystem.v1.ClaimRewardRequest;
import io.bodybroker.questsystem.v1.ClaimRewardResponse;
import io.bodybroker.questsystem.v1.FailQuestRequest;
import io.bodybroker.questsystem.v1.FailQuestResponse;
import io.bodybroker.questsystem.v1.FailureReason;
import io.bodybroker.questsystem.v1.GenerateQuestRequest;
import io.bodybroker.questsystem.v1.GenerateQuestResponse;
import io.bodybroker.questsystem.v1.GetProgressRequest;
import io.bodybroker.questsystem.v1.GetProgressResponse;
import io.bodybroker.questsystem.v1.GetQuestRequest;
import io.bodybroker.questsystem.v1.GetQuestResponse;
import io.bodybroker.questsystem.v1.ListQuestsRequest;
import io.bodybroker.questsystem.v1.ListQuestsResponse;
import io.bodybroker.questsystem.v1.QuestState;
import io.bodybroker.questsystem.v1.QuestSystemService;
import io.bodybroker.questsystem.v1.ReportProgressRequest;
import io.bodybroker.questsystem.v1.ReportProgressResponse;
import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.sdk.idempotency.IdempotentCall;
import io.bodybroker.sdk.rpc.CallContext;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.InstantSource;
import java.util.Set;

/**
 * Answers the calls to quest-system. Stateless: everything is in the store, so any instance answers
 * any call. A quest whose time is up is answered as failed, also if nobody has written that yet.
 */
public final class QuestSystem implements QuestSystemService {
  private static final Logger LOG = System.getLogger(QuestSystem.class.getName());

  private final Journals journals;
  private final Rewards rewards;
  private final WorldTimes worldTimes;
  private final WorldFlags worldFlags;
  private final InstantSource time;

  QuestSystem(
      Journals journals,
      Rewards rewards,
      WorldTimes worldTimes,
      WorldFlags worldFlags,
      InstantSource time) {
    this.journals = journals;
    this.rewards = rewards;
    this.worldTimes = worldTimes;
    this.worldFlags = worldFlags;
    this.time = time;
  }

  @Override
  public GenerateQuestResponse generateQuest(GenerateQuestRequest request, CallContext call) {
    var worldTime = worldTimes.now(request.getWorldId());
    var flags = worldFlags.in(request.getWorldId());
    var now = time.instant();
    var changed =
        journals.change(
            request.getPlayerId(),
            IdempotentCall.of(call, request),
            journal -> {
              var circumstances = circumstances(request, journal, flags, worldTime);
              long seed =
                  request.hasSeed() ? request.getSeed() : journal.stored().getGenerated() + 1;
              var quest = QuestMaker.make(circumstances, request.getDifficulty(), seed);
              return journal.lapsed(now).offered(quest, now);
            },
            journal -> journal.latest().getQuestId());
    return GenerateQuestResponse.newBuilder()
        .setQuest(changed.journal().quest(changed.questId()))
        .build();
  }

  private static Circumstances circumstances(
      GenerateQuestRequest request,
      Journal journal,
      Set<String> flags,
      Circumstances.WorldTime worldTime) {
    var stored = journal.stored();
    return new Circumstances(
        request.getPlayerId(),
        stored.getLevel(),
        stored.getReputation(),
        stored.getFamiliesList(),
        stored.getMoralPath(),
        request.getWorldId(),
        Circumstances.flags(flags),
        worldTime);
  }

  @Override
  public AcceptQuestResponse acceptQuest(AcceptQuestRequest request, CallContext call) {
    var now = time.instant();
    var journal =
        journals.change(
            request.getPlayerId(), old -> old.lapsed(now).accepted(request.getQuestId(), now));
    return AcceptQuestResponse.newBuilder().setQuest(journal.quest(request.getQuestId())).build();
  }

  @Override
  public AbandonQuestResponse abandonQuest(AbandonQuestRequest request, CallContext call) {
    var now = time.instant();
    var journal =
        journals.change(
            request.getPlayerId(),
            old -> old.lapsed(now).failed(request.getQuestId(), FailureReason.GIVEN_UP, now));
    return AbandonQuestResponse.newBuilder().setQuest(journal.quest(request.getQuestId())).build();
  }

  @Override
  public FailQuestResponse failQuest(FailQuestRequest request, CallContext call) {
    var now = time.instant();
    var journal =
        journals.change(
            request.getPlayerId(),
            old -> old.lapsed(now).failed(request.getQuestId(), FailureReason.STORY, now));
    return FailQuestResponse.newBuilder().setQuest(journal.quest(request.getQuestId())).build();
  }

  @Override
  public ReportProgressResponse reportProgress(ReportProgressRequest request, CallContext call) {
    var now = time.instant();
    int amount = request.hasAmount() ? request.getAmount() : 1;
    var changed =
        journals.change(
            request.getPlayerId(),
            IdempotentCall.of(call, request),
            journal ->
                journal
                    .lapsed(now)
                    .reported(request.getQuestId(), request.getObjectiveId(), amount, now),
            journal -> request.getQuestId());
    return ReportProgressResponse.newBuilder()
        .setQuest(changed.journal().quest(changed.questId()))
        .build();
  }

  @Override
  public ClaimRewardResponse claimReward(ClaimRewardRequest request, CallContext call) {
    var journal = rewards.begin(request.getPlayerId(), request.getQuestId());
    if (journal.quest(request.getQuestId()).getState() == QuestState.REWARDING) {
      journal = finished(request, journal);
    }
    return ClaimRewardResponse.newBuilder()
        .setQuest(journal.quest(request.getQuestId()))
        .setProgress(journal.progress())
        .build();
  }

  /** What cannot be paid now is paid later, by whoever sees to open matters. */
  private Journal finished(ClaimRewardRequest request, Journal rewarding) {
    try {
      return rewards.finish(request.getPlayerId(), request.getQuestId());
    } catch (ServiceException e) {
      LOG.log(
          e.code() == ErrorCode.UNAVAILABLE ? Level.DEBUG : Level.WARNING,
          "the reward of quest {0} of player {1} is paid later: {2}",
          request.getQuestId(),
          request.getPlayerId(),
          e.message());
      return rewarding;
    }
  }

  @Override
  public GetQuestResponse getQuest(GetQuestRequest request, CallContext call) {
    var journal = journals.read(request.getPlayerId()).lapsed(time.instant());
    return GetQuestResponse.newBuilder().setQuest(journal.quest(request.getQuestId())).build();
  }

  @Override
  public ListQuestsResponse listQuests(ListQuestsRequest request, CallContext call) {
    var journal = journals.read(request.getPlayerId()).lapsed(time.instant());
    return QuestPages.page(journal.quests(), request);
  }

  @Override
  public GetProgressResponse getProgress(GetProgressRequest request, CallContext call) {
    var journal = journals.read(request.getPlayerId()).lapsed(time.instant());
    return GetProgressResponse.newBuilder().setProgress(journal.progress()).build();
  }
}
