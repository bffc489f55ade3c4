package io.bodybroker.cli.demo;

import com.google.protobuf.Timestamp;
import io.bodybroker.auth.v1.RevokeSessionRequest;
import io.bodybroker.auth.v1.RevokeSessionResponse;
import io.bodybroker.auth.v1.SignInRequest;
import io.bodybroker.auth.v1.SignInResponse;
import io.bodybroker.bodybrokerintegration.v1.BodyPart;
import io.bodybroker.bodybrokerintegration.v1.CompleteDealRequest;
import io.bodybroker.bodybrokerintegration.v1.CompleteDealResponse;
import io.bodybroker.bodybrokerintegration.v1.Deal;
import io.bodybroker.bodybrokerintegration.v1.DealState;
import io.bodybroker.bodybrokerintegration.v1.Family;
import io.bodybroker.bodybrokerintegration.v1.FamilyStanding;
import io.bodybroker.bodybrokerintegration.v1.GetDealResponse;
import io.bodybroker.bodybrokerintegration.v1.GetFamilyResponse;
import io.bodybroker.bodybrokerintegration.v1.HarvestRequest;
import io.bodybroker.bodybrokerintegration.v1.HarvestResponse;
import io.bodybroker.bodybrokerintegration.v1.HarvestTool;
import io.bodybroker.bodybrokerintegration.v1.KillMethod;
import io.bodybroker.bodybrokerintegration.v1.NegotiateRequest;
import io.bodybroker.bodybrokerintegration.v1.NegotiateResponse;
import io.bodybroker.bodybrokerintegration.v1.Outcome;
import io.bodybroker.bodybrokerintegration.v1.PartType;
import io.bodybroker.bodybrokerintegration.v1.RecordKillRequest;
import io.bodybroker.bodybrokerintegration.v1.RecordKillResponse;
import io.bodybroker.bodybrokerintegration.v1.Tactic;
import io.bodybroker.bodybrokerintegration.v1.TargetMorality;
import io.bodybroker.common.v1.GameTime;
import io.bodybroker.npcbehavior.v1.InteractionKind;
import io.bodybroker.npcbehavior.v1.RecordInteractionRequest;
import io.bodybroker.npcbehavior.v1.RecordInteractionResponse;
import io.bodybroker.payment.v1.Balance;
import io.bodybroker.payment.v1.Currency;
import io.bodybroker.payment.v1.ListBalancesResponse;
import io.bodybroker.questsystem.v1.AcceptQuestRequest;
import io.bodybroker.questsystem.v1.AcceptQuestResponse;
import io.bodybroker.questsystem.v1.ClaimRewardRequest;
import io.bodybroker.questsystem.v1.ClaimRewardResponse;
import io.bodybroker.questsystem.v1.Difficulty;
import io.bodybroker.questsystem.v1.GenerateQuestRequest;
import io.bodybroker.questsystem.v1.GenerateQuestResponse;
import io.bodybroker.questsystem.v1.GetQuestResponse;
import io.bodybroker.questsystem.v1.Objective;
import io.bodybroker.questsystem.v1.ObjectiveType;
import io.bodybroker.questsystem.v1.Quest;
import io.bodybroker.questsystem.v1.QuestState;
import io.bodybroker.sdk.time.ProtoTimes;
import io.bodybroker.timemanager.v1.GetTimeResponse;
import io.bodybroker.timemanager.v1.SetTimeRequest;
import io.bodybroker.timemanager.v1.SetTimeResponse;
import io.bodybroker.timemanager.v1.WorldTime;
import io.bodybroker.weathermanager.v1.GetWeatherResponse;
import io.bodybroker.weathermanager.v1.ZoneWeather;
import java.io.PrintStream;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/**
 * One evening: a player signs in, the weather turns, somebody dies, the parts are sold to a family
 * of the Dark World, a quest is completed and paid, and the books are audited.
 */
public final class Evening {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration POLL = Duration.ofMillis(50);
  private static final String WORLD = "veridian";
  private static final String TIME = "/v1/worlds/" + WORLD + "/time";
  private static final GameTime EVENING =
      GameTime.newBuilder().setYear(3).setMonth(10).setDay(13).setHour(18).setMinute(40).build();

  /**
   * The game's own servers, which tell what happens in it: an operator, whom players cannot speak
   * for.
   */
  public static final String MASTER = "game-master";

  /** Who asks for more than a family gives learns what it gives. */
  private static final long TOO_MUCH = 1_000_000;

  private final Tickets tickets;
  private final Supplier<String> audit;
  private final Story story;
  private final GameClient game;
  private final GameClient master;

  /** Signs tickets as the platform does. */
  @FunctionalInterface
  public interface Tickets {
    /** A ticket for this player. */
    String sign(String player);
  }

  /**
   * @param gateway where the game is
   * @param tickets signs in whoever plays, and {@link #MASTER}
   * @param audit audits the books and says what it found; throws if they are wrong
   * @param out where the story is told
   */
  public Evening(URI gateway, Tickets tickets, Supplier<String> audit, PrintStream out) {
    this.tickets = tickets;
    this.audit = audit;
    this.story = new Story(out);
    this.game = new GameClient(gateway, story);
    this.master = new GameClient(gateway, story);
  }

  /**
   * Plays it.
   *
   * @param player who plays; somebody who has not played before
   * @throws UnexpectedTurn if the game does something else than the story says
   */
  public void play(String player) {
    try (game;
        master) {
      signIn(player);
      weatherTurns();
      Quest quest = takeQuest(player);
      hear(player, quest);
      List<BodyPart> parts = hunt(player, quest);
      sell(player, quest, parts);
      reward(player, quest.getQuestId());
      story.chapter("The books");
      story.tell("%s", audit.get());
      signOut(player);
      story.end();
    }
  }

  private void signIn(String player) {
    story.chapter("Somebody comes in from the rain");
    master.signIn(session(master, MASTER).getToken());
    var session = session(game, player);
    game.signIn(session.getToken());
    story.tell(
        "%s signs in with a ticket of the platform; the session lasts until %s.",
        player, instant(session.getSession().getExpiresAt()));
  }

  private SignInResponse session(GameClient client, String name) {
    return client.post(
        "/v1/sessions",
        SignInRequest.newBuilder().setTicket(tickets.sign(name)).setClient("bb demo").build(),
        SignInResponse.getDefaultInstance());
  }

  private void weatherTurns() {
    story.chapter("Evening in Veridian City");
    setTime(EVENING);
    WorldTime now = game.get(TIME, GetTimeResponse.getDefaultInstance()).getNow();
    ZoneWeather before =
        await("the weather of that evening", this::lookAtWeather, Evening::isOfThatEvening);
    story.tell(
        "It is %s, %s, under a %s moon; %s, %.0f °C. The weather will turn at %s.",
        clock(now.getGameTime()),
        words(now.getDayPhase()),
        words(now.getMoonPhase()),
        words(before.getCondition().getType()),
        before.getCondition().getTemperatureCelsius(),
        clock(before.getNextChangeGameTime()));
    setTime(before.getNextChangeGameTime());
    ZoneWeather after =
        await(
            "the weather to turn as foretold",
            this::lookAtWeather,
            weather -> weather.getCondition().getType() == before.getNextType());
    story.tell(
        "The game's servers let the time pass. And it turns: %s, and one sees %.0f m.",
        words(after.getCondition().getType()), after.getCondition().getVisibilityMeters());
  }

  private void setTime(GameTime time) {
    master.put(
        TIME,
        SetTimeRequest.newBuilder().setTargetTime(time).build(),
        SetTimeResponse.getDefaultInstance());
  }

  /** A service that has asked for the time within the last second goes on by that. */
  private static boolean isOfThatEvening(ZoneWeather weather) {
    return weather.getGameTime().getYear() == EVENING.getYear();
  }

  private ZoneWeather lookAtWeather() {
    return game.look("/v1/worlds/" + WORLD + "/weather", GetWeatherResponse.getDefaultInstance())
        .getZones(0);
  }

  private Quest takeQuest(String player) {
    story.chapter("An order");
    String quests = "/v1/players/" + player + "/quests";
    var quest =
        game.post(
                quests,
                GenerateQuestRequest.newBuilder()
                    .setWorldId(WORLD)
                    .setDifficulty(Difficulty.EASY)
                    .setSeed(1)
                    .build(),
                GenerateQuestResponse.getDefaultInstance())
            .getQuest();
    story.tell("“%s”. %s", quest.getTitle(), quest.getDescription());
    for (Objective objective : quest.getObjectivesList()) {
      story.tell("- %s (%d)", objective.getDescription(), objective.getCount());
    }
    story.tell(
        "For %d credits, %d experience and %d reputation, it is taken.",
        quest.getReward().getCredits(),
        quest.getReward().getExperience(),
        quest.getReward().getReputation());
    game.post(
        quests + "/" + quest.getQuestId() + "/accept",
        AcceptQuestRequest.getDefaultInstance(),
        AcceptQuestResponse.getDefaultInstance());
    return quest;
  }

  /** Whoever is to be talked to is talked to; the game's servers saw it. */
  private void hear(String player, Quest quest) {
    for (Objective objective : quest.getObjectivesList()) {
      if (objective.getType() == ObjectiveType.TALK) {
        String npc = objective.getNpcId();
        var met =
            master.post(
                "/v1/npcs/" + npc + "/interactions",
                RecordInteractionRequest.newBuilder()
                    .setOtherId(player)
                    .setKind(InteractionKind.TALK)
                    .build(),
                RecordInteractionResponse.getDefaultInstance());
        story.tell(
            "%s talks to the %s, who feels %.2f about it.",
            player, npc.replace('_', ' '), met.getRelationship().getScore());
      }
    }
  }

  /** As many bodies as the quest needs, and all that is wanted of them. */
  private List<BodyPart> hunt(String player, Quest quest) {
    story.chapter("The hunt");
    Objective harvest = objective(quest, ObjectiveType.HARVEST);
    PartType wanted = harvest.getPart();
    var targets =
        quest.getObjectivesList().stream()
            .filter(objective -> objective.getType() == ObjectiveType.HUNT)
            .findFirst();
    var morality =
        targets
            .map(Objective::getTargetMorality)
            .filter(asked -> asked != TargetMorality.TARGET_MORALITY_UNSPECIFIED)
            .orElse(TargetMorality.DESERVING);
    int kills = targets.map(Objective::getCount).orElse(0);
    var parts = new ArrayList<BodyPart>();
    for (int body = 1; body <= kills || parts.size() < harvest.getCount(); body++) {
      parts.add(killAndHarvest(player, "chrome-skull-" + body, morality, wanted));
    }
    return parts;
  }

  private BodyPart killAndHarvest(
      String player, String target, TargetMorality morality, PartType wanted) {
    master.post(
        "/v1/players/" + player + "/kills",
        RecordKillRequest.newBuilder()
            .setWorldId(WORLD)
            .setTargetId(player + "-" + target)
            .setMethod(KillMethod.POISON_KILL)
            .setTargetMorality(morality)
            .setCreature("human")
            .build(),
        RecordKillResponse.getDefaultInstance());
    BodyPart part =
        game.post(
                "/v1/players/" + player + "/harvests",
                HarvestRequest.newBuilder()
                    .setWorldId(WORLD)
                    .setTargetId(player + "-" + target)
                    .addParts(wanted)
                    .setTool(HarvestTool.SURGICAL)
                    .build(),
                HarvestResponse.getDefaultInstance())
            .getParts(0);
    story.tell(
        "%s is poisoned. Out comes the %s: %s, worth %,d €, until %s.",
        target,
        words(part.getType()),
        words(part.getGrade()),
        part.getValue(),
        clock(part.getDecaysAt()));
    return part;
  }

  private void sell(String player, Quest quest, List<BodyPart> parts) {
    story.chapter("The Abattoir");
    Family family = quest.getFamily();
    FamilyStanding standing = standing(player, family);
    story.tell(
        "The %s think %d of 100 of %s. They are %s, and pay with %s.",
        words(family),
        standing.getRelationship(),
        player,
        words(standing.getTemperament()),
        words(standing.getPays()));
    Deal deal = negotiate(player, family, parts);
    game.post(
        deal(player, deal.getDealId()) + "/completion",
        CompleteDealRequest.getDefaultInstance(),
        CompleteDealResponse.getDefaultInstance());
    Deal done =
        await(
            "the deal to be completed",
            () ->
                game.look(deal(player, deal.getDealId()), GetDealResponse.getDefaultInstance())
                    .getDeal(),
            found -> found.getState() == DealState.COMPLETED);
    done.getStepsList()
        .forEach(step -> story.tell("- %s: %s", words(step.getName()), words(step.getState())));
    require(
        balance(player, Currency.valueOf(done.getPayment().getDrug().name()))
            == done.getPayment().getQuantity(),
        "the wallet does not hold what was paid");
    story.tell(
        "%d %s are in the wallet, the parts are gone, and the %s think %d now.",
        done.getPayment().getQuantity(),
        words(done.getPayment().getDrug()),
        words(family),
        standing(player, family).getRelationship());
  }

  private FamilyStanding standing(String player, Family family) {
    return game.get(
            "/v1/players/" + player + "/families/" + family, GetFamilyResponse.getDefaultInstance())
        .getFamily();
  }

  /** Asks for too much first, and takes the counter-offer. */
  private Deal negotiate(String player, Family family, List<BodyPart> parts) {
    var offer =
        game.post(
            "/v1/players/" + player + "/negotiations",
            NegotiateRequest.newBuilder()
                .setFamily(family)
                .addAllPartIds(parts.stream().map(BodyPart::getPartId).toList())
                .setRequestedQuantity(TOO_MUCH)
                .addTactics(Tactic.APPEAL_TO_GREED)
                .build(),
            NegotiateResponse.getDefaultInstance());
    var negotiation = offer.getNegotiation();
    negotiation.getDialogueLinesList().forEach(line -> story.tell("“%s”", line));
    require(
        !negotiation.getAccepted() && negotiation.hasCounterOffer() && offer.hasDeal(),
        "no counter-offer, but " + negotiation.getOutcome());
    story.tell(
        "%,d asked for; haggling goes %s, and for %,d € the counter-offer is %,d %s.",
        TOO_MUCH,
        words(negotiation.getOutcome()).replace(" outcome", ""),
        negotiation.getPrice(),
        negotiation.getCounterOffer().getQuantity(),
        words(negotiation.getCounterOffer().getDrug()));
    require(negotiation.getOutcome() != Outcome.HOSTILE_OUTCOME, "the family is hostile");
    return offer.getDeal();
  }

  private static String deal(String player, String deal) {
    return "/v1/players/" + player + "/deals/" + deal;
  }

  private long balance(String player, Currency currency) {
    ToLongFunction<Balance> amount = Balance::getAmount;
    return game
        .get("/v1/players/" + player + "/balances", ListBalancesResponse.getDefaultInstance())
        .getBalancesList()
        .stream()
        .filter(balance -> balance.getCurrency() == currency)
        .mapToLong(amount)
        .sum();
  }

  /** Twice, because a player whose client lost the answer asks again. */
  private void reward(String player, String quest) {
    story.chapter("The reward");
    String path = "/v1/players/" + player + "/quests/" + quest;
    Supplier<Quest> look = () -> game.look(path, GetQuestResponse.getDefaultInstance()).getQuest();
    Quest completed =
        await("the quest to be completed", look, found -> found.getState() == QuestState.COMPLETED);
    story.tell("Everything is done; the quest has heard of it.");
    for (int ask = 0; ask < 2; ask++) {
      game.post(
          path + "/claim",
          ClaimRewardRequest.getDefaultInstance(),
          ClaimRewardResponse.getDefaultInstance());
    }
    await("the reward", look, found -> found.getState() == QuestState.PAID);
    long credits = balance(player, Currency.CREDITS);
    require(
        credits == completed.getReward().getCredits(),
        "the reward is %d credits, but there are %d"
            .formatted(completed.getReward().getCredits(), credits));
    story.tell("Asked for twice, paid once: %d credits.", credits);
  }

  private void signOut(String player) {
    story.chapter("Out into the night");
    String token = game.token();
    game.post(
        "/v1/sessions/revocation",
        RevokeSessionRequest.newBuilder().setToken(token).build(),
        RevokeSessionResponse.getDefaultInstance());
    int status = game.refused("/v1/players/" + player + "/balances");
    require(status == 401, "a session that was ended is still good for " + status);
    story.tell("%s signs out, and the token opens nothing any more.", player);
  }

  private static Objective objective(Quest quest, ObjectiveType type) {
    return quest.getObjectivesList().stream()
        .filter(objective -> objective.getType() == type)
        .findFirst()
        .orElseThrow(() -> new UnexpectedTurn("the quest has no " + type));
  }

  private static <T> T await(String what, Supplier<T> look, Predicate<T> isThere) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    T last = look.get();
    while (!isThere.test(last)) {
      if (System.nanoTime() - end > 0) {
        throw new UnexpectedTurn(
            "waited %d s for %s; last was%n%s".formatted(PATIENCE.toSeconds(), what, last));
      }
      try {
        Thread.sleep(POLL);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new UnexpectedTurn("interrupted while waiting for " + what);
      }
      last = look.get();
    }
    return last;
  }

  private static void require(boolean condition, String otherwise) {
    if (!condition) {
      throw new UnexpectedTurn(otherwise);
    }
  }

  private static String words(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private static String clock(GameTime time) {
    return "%02d:%02d on day %d".formatted(time.getHour(), time.getMinute(), time.getDay());
  }

  private static Instant instant(Timestamp timestamp) {
    return ProtoTimes.instant(timestamp);
  }
}
