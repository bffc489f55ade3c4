package io.bodybroker.streams;

import io.bodybroker.bodybrokerintegration.v1.DealCompleted;
import io.bodybroker.bodybrokerintegration.v1.FamilyUnlocked;
import io.bodybroker.bodybrokerintegration.v1.HarvestCompleted;
import io.bodybroker.bodybrokerintegration.v1.KillRecorded;
import io.bodybroker.npcbehavior.v1.InteractionRecorded;
import io.bodybroker.sdk.event.ConsumerCatalog;
import io.bodybroker.sdk.event.ConsumerSpec;
import io.bodybroker.timemanager.v1.DayChanged;
import io.bodybroker.timemanager.v1.HourChanged;
import java.util.List;

/**
 * The durable consumers of the game's services, one for each purpose. Which service has which, its
 * contract's {@code needs} say.
 */
public final class GameConsumers implements ConsumerCatalog.Provider {
  /**
   * At an hour that has begun weather-manager looks at the weather: it may have changed, or been
   * jumped over. It looks at what there is then, so hours of the past are of no use.
   */
  public static final ConsumerSpec<HourChanged> WEATHER_HOURS =
      ConsumerSpec.builder("weather-hours", HourChanged.getDefaultInstance())
          .fromNow()
          .attempts(20)
          .build();

  /** At a day that has begun weather-manager forgets forced weather that is long over. */
  public static final ConsumerSpec<DayChanged> WEATHER_DAYS =
      ConsumerSpec.builder("weather-days", DayChanged.getDefaultInstance())
          .fromNow()
          .attempts(20)
          .build();

  /** At a day that has begun world-state lets the societies of its worlds live it, in order. */
  public static final ConsumerSpec<DayChanged> WORLD_DAYS =
      ConsumerSpec.builder("world-days", DayChanged.getDefaultInstance())
          .attempts(20)
          .inOrder()
          .build();

  /** What players sell comes to the market of their world. */
  public static final ConsumerSpec<DealCompleted> WORLD_DEALS =
      ConsumerSpec.builder("world-deals", DealCompleted.getDefaultInstance()).attempts(20).build();

  /** What a player kills counts for the player's quests. */
  public static final ConsumerSpec<KillRecorded> QUEST_KILLS =
      ConsumerSpec.builder("quest-kills", KillRecorded.getDefaultInstance()).attempts(20).build();

  /** What a player harvests counts for the player's quests. */
  public static final ConsumerSpec<HarvestCompleted> QUEST_HARVESTS =
      ConsumerSpec.builder("quest-harvests", HarvestCompleted.getDefaultInstance())
          .attempts(20)
          .build();

  /** What a player sells counts for the player's quests. */
  public static final ConsumerSpec<DealCompleted> QUEST_DEALS =
      ConsumerSpec.builder("quest-deals", DealCompleted.getDefaultInstance()).attempts(20).build();

  /** From a family that is unlocked come orders. */
  public static final ConsumerSpec<FamilyUnlocked> QUEST_FAMILIES =
      ConsumerSpec.builder("quest-families", FamilyUnlocked.getDefaultInstance())
          .attempts(20)
          .build();

  /** Whom a player talks to counts for the player's quests. */
  public static final ConsumerSpec<InteractionRecorded> QUEST_TALKS =
      ConsumerSpec.builder("quest-talks", InteractionRecorded.getDefaultInstance())
          .attempts(20)
          .build();

  /** Who lives where somebody was killed before witnesses saw it, and remembers. */
  public static final ConsumerSpec<KillRecorded> NPC_WITNESSES =
      ConsumerSpec.builder("npc-witnesses", KillRecorded.getDefaultInstance()).attempts(20).build();

  @Override
  public List<ConsumerSpec<?>> consumers() {
    return List.of(
        WEATHER_HOURS,
        WEATHER_DAYS,
        WORLD_DAYS,
        WORLD_DEALS,
        QUEST_KILLS,
        QUEST_HARVESTS,
        QUEST_DEALS,
        QUEST_FAMILIES,
        QUEST_TALKS,
        NPC_WITNESSES);
  }
}
