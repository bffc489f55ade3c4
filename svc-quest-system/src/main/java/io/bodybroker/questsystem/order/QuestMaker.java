package io.bodybroker.questsystem.order;

import io.bodybroker.bodybrokerintegration.v1.Family;
import io.bodybroker.bodybrokerintegration.v1.Grade;
import io.bodybroker.bodybrokerintegration.v1.KillMethod;
import io.bodybroker.bodybrokerintegration.v1.MoralPath;
import io.bodybroker.bodybrokerintegration.v1.PartType;
import io.bodybroker.bodybrokerintegration.v1.TargetMorality;
import io.bodybroker.common.v1.MoonPhase;
import io.bodybroker.questsystem.v1.Difficulty;
import io.bodybroker.questsystem.v1.Objective;
import io.bodybroker.questsystem.v1.ObjectiveType;
import io.bodybroker.questsystem.v1.Quest;
import io.bodybroker.questsystem.v1.Reward;
import io.bodybroker.sdk.time.ProtoTimes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Makes quests: an order of one family, as the chain hunt, harvest, haggle. The same circumstances,
 * difficulty and seed make the same quest.
 *
 * <p>Each decision has a place of its own below the root of {@link Chance}, so that a new one does
 * not change what the others are.
 */
public final class QuestMaker {
  // The places of decisions. A number is never used again for something else.
  private static final int FAMILY = 1;
  private static final int PART = 2;
  private static final int COUNT = 3;
  private static final int TALK = 4;
  private static final int METHOD = 5;
  private static final int ADJECTIVE = 6;
  private static final int NOUN = 7;
  private static final int THEME = 8;
  private static final int LOCATION = 9;

  private static final List<String> ADJECTIVES = List.of("Dark", "Bloody", "Corrupt");
  private static final List<String> NOUNS = List.of("Hunt", "Trade", "Contract");
  private static final List<String> THEMES = List.of("horror", "corruption", "survival");
  private static final List<String> LOCATIONS = List.of("urban", "warehouse", "underground");
  private static final List<KillMethod> METHODS =
      List.of(KillMethod.SHOTGUN_BLAST, KillMethod.BLADE_KILL, KillMethod.POISON_KILL);

  private QuestMaker() {}

  /** The quest, without id, state and times of its own life. */
  public static Quest make(Circumstances circumstances, Difficulty difficulty, long seed) {
    var chance = Chance.of(circumstances.text()).at(difficulty.getNumber()).at(seed);
    var family = family(circumstances, chance.at(FAMILY));
    var order = Orders.of(family);
    var part = chance.at(PART).pick(order.parts());
    int count = count(circumstances, order, chance.at(COUNT));
    var theme = chance.at(THEME).pick(THEMES);
    var location = chance.at(LOCATION).pick(LOCATIONS);
    var quest =
        Quest.newBuilder()
            .setPlayerId(circumstances.player())
            .setWorldId(circumstances.world())
            .setTitle(
                "The " + chance.at(ADJECTIVE).pick(ADJECTIVES) + " " + chance.at(NOUN).pick(NOUNS))
            .setDescription(description(family, part, count, location))
            .setDifficulty(difficulty)
            .addAllObjectives(objectives(circumstances, difficulty, family, part, count, chance))
            .setReward(reward(circumstances, difficulty, order))
            .setFamily(family)
            .setGiverNpcId(giver(family))
            .addTags("theme:" + theme)
            .addTags("location:" + location)
            .addTags("phase:" + word(circumstances.time().phase()))
            .addTags("season:" + word(circumstances.time().season()))
            .setSeed(seed);
    switch (difficulty) {
      case NORMAL -> quest.setTimeLimit(ProtoTimes.duration(Duration.ofDays(7)));
      case HARD -> quest.setTimeLimit(ProtoTimes.duration(Duration.ofDays(2)));
      case EASY, DIFFICULTY_UNSPECIFIED, UNRECOGNIZED -> {
        // As much time as one likes.
      }
    }
    return quest.build();
  }

  /**
   * The better known a player is, the more do the better families ask. At a full moon the
   * Moon-Clans are three times as likely, and so is a family that the world's flags say is in
   * demand.
   */
  private static Family family(Circumstances circumstances, Chance chance) {
    var weights = circumstances.families().stream().map(one -> weight(circumstances, one)).toList();
    double draw = chance.fraction() * weights.stream().mapToDouble(weight -> weight).sum();
    for (int i = 0; i < weights.size() - 1; i++) {
      draw -= weights.get(i);
      if (draw < 0) {
        return circumstances.families().get(i);
      }
    }
    return circumstances.families().getLast();
  }

  private static double weight(Circumstances circumstances, Family family) {
    double weight =
        switch (Orders.of(family).tier()) {
          case LOW -> 3;
          case MID -> 1 + Math.min(3, circumstances.reputation() / 100.0);
          case HIGH -> 1 + Math.min(3, circumstances.reputation() / 200.0);
        };
    if (family == Family.MOON_CLANS && circumstances.time().moon() == MoonPhase.FULL) {
      weight *= 3;
    }
    return circumstances.flags().contains("demand_" + word(family)) ? 3 * weight : weight;
  }

  /** 1 or 2 for a beginner, up to 5 from level 7 on; twice that in bulk. */
  private static int count(Circumstances circumstances, Orders.Order order, Chance chance) {
    int most = Math.min(5, 2 + (circumstances.level() - 1) / 2);
    int count = 1 + chance.below(most);
    return order.isBulk() ? 2 * count : count;
  }

  private static List<Objective> objectives(
      Circumstances circumstances,
      Difficulty difficulty,
      Family family,
      PartType part,
      int count,
      Chance chance) {
    var floor = floor(difficulty, Orders.of(family).isBulk());
    var objectives = new ArrayList<Objective.Builder>();
    boolean isTalking = chance.at(TALK).below(3) == 0;
    switch (difficulty) {
      case HARD -> {
        objectives.add(combat(part, chance.at(METHOD)));
        objectives.add(hunt(circumstances.path(), count));
      }
      case NORMAL -> {
        objectives.add(hunt(circumstances.path(), count));
        if (isTalking) {
          objectives.add(talk(family));
        }
      }
      case EASY, DIFFICULTY_UNSPECIFIED, UNRECOGNIZED -> {
        if (isTalking) {
          objectives.add(talk(family));
        }
      }
    }
    objectives.add(harvest(part, count, floor));
    objectives.add(haggle(family, part, floor));
    for (int i = 0; i < objectives.size(); i++) {
      objectives.get(i).setObjectiveId("o" + (i + 1));
    }
    return objectives.stream().map(Objective.Builder::build).toList();
  }

  /** Who buys in bulk takes a grade less. */
  private static Grade floor(Difficulty difficulty, boolean isBulk) {
    return switch (difficulty) {
      case HARD -> isBulk ? Grade.PRIME : Grade.PRISTINE;
      case NORMAL -> isBulk ? Grade.GOOD : Grade.PRIME;
      case EASY, DIFFICULTY_UNSPECIFIED, UNRECOGNIZED -> isBulk ? Grade.DAMAGED : Grade.GOOD;
    };
  }

  /** A Surgeon is sent after those who deserve it, a Butcher after the innocent. */
  private static Objective.Builder hunt(MoralPath path, int count) {
    var morality =
        switch (path) {
          case SURGEON -> TargetMorality.DESERVING;
          case BUTCHER -> TargetMorality.INNOCENT;
          case MIXED, MORAL_PATH_UNSPECIFIED, UNRECOGNIZED ->
              TargetMorality.TARGET_MORALITY_UNSPECIFIED;
        };
    // As many corpses as half the parts: most have two of what is wanted, or it is wanted in bulk.
    int corpses = (count + 1) / 2;
    var whom = morality == TargetMorality.TARGET_MORALITY_UNSPECIFIED ? "" : " " + word(morality);
    return objective(ObjectiveType.HUNT, corpses, "Hunt down " + corpses + whom)
        .setTargetMorality(morality);
  }

  /** What only the living have is taken from the living. */
  private static Objective.Builder combat(PartType part, Chance chance) {
    var method =
        part == PartType.CONCEPT || part == PartType.SOUL
            ? KillMethod.LIVE_EXTRACTION
            : chance.pick(METHODS);
    return objective(ObjectiveType.COMBAT, 1, "Get one by " + words(method)).setMethod(method);
  }

  private static Objective.Builder talk(Family family) {
    return objective(ObjectiveType.TALK, 1, "Hear what " + words(family) + " want")
        .setNpcId(giver(family));
  }

  private static Objective.Builder harvest(PartType part, int count, Grade floor) {
    var what = count + " " + parts(part, count) + ", " + word(floor) + " or better";
    return objective(ObjectiveType.HARVEST, count, "Harvest " + what)
        .setPart(part)
        .setMinGrade(floor);
  }

  private static Objective.Builder haggle(Family family, PartType part, Grade floor) {
    return objective(ObjectiveType.HAGGLE, 1, "Sell " + parts(part, 2) + " to " + words(family))
        .setFamily(family)
        .setPart(part)
        .setMinGrade(floor);
  }

  private static Objective.Builder objective(ObjectiveType type, int count, String description) {
    return Objective.newBuilder().setType(type).setCount(count).setDescription(description);
  }

  /**
   * Danger pays: a lockdown a fifth more, a plague a tenth. What is left of whole units is lost.
   */
  private static Reward reward(
      Circumstances circumstances, Difficulty difficulty, Orders.Order order) {
    double factor =
        switch (difficulty) {
          case EASY, DIFFICULTY_UNSPECIFIED, UNRECOGNIZED -> 0.75;
          case NORMAL -> 1;
          case HARD -> 1.5;
        };
    factor *= 1 + 0.1 * (circumstances.level() - 1);
    factor *= circumstances.flags().contains("lockdown") ? 1.2 : 1;
    factor *= circumstances.flags().contains("plague") ? 1.1 : 1;
    return Reward.newBuilder()
        .setCredits(times(order.tier().credits(), factor))
        .setExperience(times(order.tier().experience(), factor))
        .setReputation(times(order.tier().reputation(), factor))
        .build();
  }

  /** 110 times 1.1 is 121, whatever doubles make of it. */
  private static long times(int base, double factor) {
    return (long) (base * factor + 1e-9);
  }

  private static String description(Family family, PartType part, int count, String location) {
    return "%s want %d %s. They have heard of something %s."
        .formatted(capitalized(words(family)), count, parts(part, count), place(location));
  }

  private static String place(String location) {
    return switch (location) {
      case "warehouse" -> "in the warehouses by the port";
      case "underground" -> "in the tunnels under the city";
      default -> "in the streets of Veridian City";
    };
  }

  private static String giver(Family family) {
    return word(family) + "_envoy";
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private static String words(Enum<?> constant) {
    return constant instanceof Family
        ? "the " + word(constant).replace('_', ' ')
        : word(constant).replace('_', ' ');
  }

  private static String parts(PartType part, int count) {
    return switch (part) {
      case FLESH, BLOOD, SKIN, VOCAL_CORDS -> words(part);
      default -> count == 1 ? words(part) : words(part) + "s";
    };
  }

  private static String capitalized(String text) {
    return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
  }
}
