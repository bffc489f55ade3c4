package io.bodybroker.npcbehavior.mind;

import io.bodybroker.npcbehavior.state.v1.StoredNpc;
import io.bodybroker.npcbehavior.v1.ActionType;
import io.bodybroker.npcbehavior.v1.BehaviorPlan;
import io.bodybroker.npcbehavior.v1.BehaviorPlanned;
import io.bodybroker.npcbehavior.v1.Directive;
import io.bodybroker.npcbehavior.v1.Goal;
import io.bodybroker.npcbehavior.v1.InteractionKind;
import io.bodybroker.npcbehavior.v1.InteractionRecorded;
import io.bodybroker.npcbehavior.v1.Memory;
import io.bodybroker.npcbehavior.v1.Npc;
import io.bodybroker.npcbehavior.v1.Personality;
import io.bodybroker.npcbehavior.v1.Relationship;
import io.bodybroker.npcbehavior.v1.Sentiments;
import io.bodybroker.sdk.time.ProtoTimes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An NPC at one moment: what it is like, wants, was told, remembers and feels. What happens to it
 * makes another mind, one version later, whose revision says which event it is.
 *
 * <p>Immutable.
 */
public final class Mind {
  public static final int MAX_MEMORIES = 50;
  public static final int MAX_RELATIONSHIPS = 200;
  public static final int MAX_DIRECTIVES = 10;

  private static final double WORTH_REMEMBERING = 0.3;

  private static final Comparator<Directive> URGENCY =
      Comparator.comparingDouble(Directive::getPriority)
          .reversed()
          .thenComparingLong(directive -> Long.parseLong(directive.getDirectiveId().substring(1)));

  private final String id;
  private final StoredNpc stored;

  private Mind(String id, StoredNpc stored) {
    this.id = id;
    this.stored = stored;
  }

  /** The NPC that is stored, with no event of its own; or one that nobody ever described. */
  public static Mind of(String id, Optional<StoredNpc> stored) {
    return new Mind(
        id, stored.orElse(StoredNpc.getDefaultInstance()).toBuilder().clearEvent().build());
  }

  /** What is to be stored. */
  public StoredNpc stored() {
    return stored;
  }

  /** Its id. */
  public String id() {
    return id;
  }

  /** Counts what happened to it. */
  public long version() {
    return stored.getVersion();
  }

  /** What it is like. */
  public Personality personality() {
    return stored.hasPersonality() ? stored.getPersonality() : Personalities.UNKNOWN;
  }

  /** What it wants, the most wanted first. */
  public List<Goal> goals() {
    return Goals.all(stored.getGoalsList(), personality().getTraits());
  }

  /** What it is told to do at a moment, the most urgent first. */
  public List<Directive> directives(Instant now) {
    return stored.getDirectivesList().stream()
        .filter(directive -> now.isBefore(ProtoTimes.instant(directive.getExpiresAt())))
        .sorted(URGENCY)
        .toList();
  }

  /** By other_id. */
  public List<Relationship> relationships() {
    return stored.getRelationshipsList();
  }

  /** What it feels about somebody; nothing about whom it does not know. */
  public Relationship relationship(String other) {
    return relationships().stream()
        .filter(relationship -> relationship.getOtherId().equals(other))
        .findFirst()
        .orElseGet(() ->
            Relationship.newBuilder()
                .setOtherId(other)
                .setSentiments(Sentiments.getDefaultInstance())
                .build());
  }

  /** As clients see it. */
  public Npc npc(Instant now) {
    return Npc.newBuilder()
        .setNpcId(id)
        .setPersonality(personality())
        .addAllGoals(goals())
        .addAllDirectives(directives(now))
        .addAllMemories(stored.getMemoriesList())
        .setVersion(version())
        .build();
  }

  /** Described so; the same if it is. */
  public Mind described(Personality personality) {
    return personality.equals(stored.getPersonality())
        ? this
        : next(stored.toBuilder().setPersonality(personality));
  }

  /** With a goal. */
  public Mind wanting(Goal goal) {
    return next(
        stored.toBuilder().clearGoals().addAllGoals(Goals.with(stored.getGoalsList(), goal)));
  }

  /** With a directive; those that are over are gone, and of too many the least urgent. */
  public Mind told(
      ActionType action, String target, double priority, Duration lifetime, Instant now) {
    long number = stored.getDirectivesGiven() + 1;
    var directive =
        Directive.newBuilder()
            .setDirectiveId("d" + number)
            .setAction(action)
            .setTargetId(target)
            .setPriority(priority)
            .setExpiresAt(ProtoTimes.timestamp(now.plus(lifetime)))
            .build();
    var kept =
        Stream.concat(directives(now).stream(), Stream.of(directive))
            .sorted(URGENCY)
            .limit(MAX_DIRECTIVES)
            .toList();
    return next(
        stored.toBuilder().setDirectivesGiven(number).clearDirectives().addAllDirectives(kept));
  }

  /** After something happened between it and somebody. */
  public Mind after(Encounter encounter) {
    var before = relationship(encounter.other());
    var sentiments = Feelings.after(before.getSentiments(), encounter.kind());
    var now =
        before.toBuilder()
            .setSentiments(sentiments)
            .setScore(Feelings.score(sentiments))
            .setInteractions(before.getInteractions() + 1)
            .setLastInteraction(ProtoTimes.timestamp(encounter.at()))
            .build();
    var next = stored.toBuilder().clearRelationships().addAllRelationships(knowing(now));
    if (encounter.isWorthRemembering()) {
      next.clearMemories().addAllMemories(remembering(encounter));
    }
    next.setRecorded(
        InteractionRecorded.newBuilder()
            .setNpcId(id)
            .setOtherId(encounter.other())
            .setKind(encounter.kind())
            .setOldScore(before.getScore())
            .setNewScore(now.getScore())
            .setHappenedAt(now.getLastInteraction()));
    return next(next);
  }

  /** Of too many, whom it has had nothing to do with for longest is forgotten. */
  private List<Relationship> knowing(Relationship now) {
    var all = new ArrayList<>(relationships());
    all.removeIf(old -> old.getOtherId().equals(now.getOtherId()));
    if (all.size() >= MAX_RELATIONSHIPS) {
      all.remove(
          all.stream()
              .min(
                  Comparator.<Relationship, Instant>comparing(
                          old -> ProtoTimes.instant(old.getLastInteraction()))
                      .thenComparing(Relationship::getOtherId))
              .orElseThrow());
    }
    all.add(now);
    all.sort(Comparator.comparing(Relationship::getOtherId));
    return all;
  }

  private List<Memory> remembering(Encounter encounter) {
    var memory =
        Memory.newBuilder()
            .setKind(encounter.kind())
            .setOtherId(encounter.other())
            .setDescription(encounter.description())
            .setImportance(encounter.importance())
            .setHappenedAt(ProtoTimes.timestamp(encounter.at()));
    var all = new ArrayList<>(stored.getMemoriesList());
    all.add(memory.build());
    return all.subList(Math.max(0, all.size() - MAX_MEMORIES), all.size());
  }

  /** After it decided on a plan: its goals are a step older, and what it was told is cleared up. */
  public Mind deciding(BehaviorPlan plan, Instant now) {
    var event =
        BehaviorPlanned.newBuilder()
            .setNpcId(id)
            .setPlanId(plan.getPlanId())
            .setNpcVersion(plan.getNpcVersion())
            .setStrategy(plan.getStrategy())
            .addAllActions(
                plan.getActionsList().stream()
                    .map(action -> action.toBuilder().clearTerms().build())
                    .toList())
            .setPlannedAt(ProtoTimes.timestamp(now));
    return next(
        stored.toBuilder()
            .clearGoals()
            .addAllGoals(Goals.aged(stored.getGoalsList()))
            .clearDirectives()
            .addAllDirectives(directives(now))
            .setPlanned(event));
  }

  private Mind next(StoredNpc.Builder next) {
    return new Mind(id, next.setVersion(version() + 1).build());
  }

  /**
   * Something that happened between an NPC and somebody.
   *
   * @param other with whom
   * @param kind what
   * @param importance how important it was, 0 to 1
   * @param description in words
   * @param at when
   */
  public record Encounter(
      String other, InteractionKind kind, double importance, String description, Instant at) {
    /** Of usual importance. */
    public static Encounter usual(
        String other, InteractionKind kind, String description, Instant at) {
      return new Encounter(other, kind, Feelings.importance(kind), description, at);
    }

    /** Whether it is remembered. */
    public boolean isWorthRemembering() {
      return importance > WORTH_REMEMBERING;
    }
  }
}
