package io.bodybroker.bodybrokerintegration;

import io.bodybroker.bodybrokerintegration.harvest.Anatomy;
import io.bodybroker.bodybrokerintegration.harvest.Cut;
import io.bodybroker.bodybrokerintegration.harvest.Keeping;
import io.bodybroker.bodybrokerintegration.harvest.Traits;
import io.bodybroker.bodybrokerintegration.state.v1.StoredBroker;
import io.bodybroker.bodybrokerintegration.state.v1.StoredCorpse;
import io.bodybroker.bodybrokerintegration.state.v1.StoredPart;
import io.bodybroker.bodybrokerintegration.v1.BookSubject;
import io.bodybroker.bodybrokerintegration.v1.HarvestCompleted;
import io.bodybroker.bodybrokerintegration.v1.HarvestRequest;
import io.bodybroker.bodybrokerintegration.v1.HarvestResponse;
import io.bodybroker.bodybrokerintegration.v1.HarvestTool;
import io.bodybroker.bodybrokerintegration.v1.PartState;
import io.bodybroker.bodybrokerintegration.v1.PartType;
import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.sdk.time.ProtoTimes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Taking parts out of a corpse, asked for and checked.
 *
 * @param world the corpse's world
 * @param target whose corpse
 * @param types what to take out
 * @param tool with what
 * @param timePressure whether it has to go fast
 */
record Harvesting(
    String world, String target, List<PartType> types, HarvestTool tool, boolean timePressure) {
  Harvesting {
    types = List.copyOf(types);
  }

  /**
   * What a request asks for.
   *
   * @throws ServiceException {@code INVALID_ARGUMENT} naming the part that no body has, or not so
   *     often
   */
  static Harvesting of(HarvestRequest request) {
    for (int i = 0; i < request.getPartsCount(); i++) {
      var type = request.getParts(i);
      if (type == PartType.PART_TYPE_UNSPECIFIED) {
        throw ServiceException.invalidArgument("parts[" + i + "]", type, "a part of a body");
      }
      int pieces = Anatomy.of(type).pieces();
      if (Collections.frequency(request.getPartsList(), type) > pieces) {
        throw ServiceException.invalidArgument(
            "parts[" + i + "]", type, "at most " + pieces + " of a body");
      }
    }
    return new Harvesting(
        request.getWorldId(),
        request.getTargetId(),
        request.getPartsList(),
        request.getTool(),
        request.getTimePressure());
  }

  /**
   * The player after it, with the parts as the last ones.
   *
   * @throws ServiceException if it cannot be done; nothing has happened then
   */
  Broker by(Broker player, Worlds worlds, WorldNow now, Instant at) {
    player.requireAlive();
    var broker = withRoom(player, worlds);
    var corpse =
        Kill.find(broker.stored(), world, target)
            .orElseThrow(() -> ServiceException.notFound("corpse", target));
    check(broker, corpse, now);
    var cut = new Cut(corpse.getMethod(), tool, broker.skill(), timePressure);
    var taken = taken(broker.stored(), corpse, cut, now);
    long experience = cut.experience(types.size());
    var creature = broker.page(BookSubject.CREATURE, corpse.getCreature());
    var wiser =
        broker.with(creature.toBuilder().setDissections(creature.getDissections() + 1).build());
    var next = wiser.stored().toBuilder();
    next.addAllParts(taken)
        .setLastPart(next.getLastPart() + taken.size())
        .setLastHarvest(next.getLastHarvest() + 1)
        .setSkillXp(next.getSkillXp() + experience)
        .setCorpses(
            broker.stored().getCorpsesList().indexOf(corpse), corpse.toBuilder().addAllTaken(types))
        .setHarvest(
            HarvestCompleted.newBuilder()
                .setPlayerId(broker.player())
                .setSequence(next.getLastHarvest())
                .setWorldId(world)
                .setTargetId(target)
                .setCreature(corpse.getCreature())
                .setTool(tool)
                .addAllParts(taken.stream().map(Parts::harvested).toList())
                .setSkillXpGained(experience)
                .setMoralPath(broker.conscience().path())
                .setHarvestedAt(ProtoTimes.timestamp(at)));
    return new Broker(next.build());
  }

  /** What has decayed is thrown away when its room is needed. */
  private Broker withRoom(Broker broker, Worlds worlds) {
    return broker.stored().getPartsCount() + types.size() <= Broker.MOST_PARTS
        ? broker
        : broker.withParts(part -> Optional.of(part).filter(kept -> !isWaste(kept, worlds)));
  }

  /** By the clock of the world it is of. */
  private static boolean isWaste(StoredPart part, Worlds worlds) {
    return Parts.state(part, worlds.now(part.getWorldId())) == PartState.DECAYED;
  }

  private void check(Broker broker, StoredCorpse corpse, WorldNow now) {
    if (Kill.isRotten(corpse, now.millis())) {
      throw Parts.refused("corpse \"%s\" has rotted".formatted(target));
    }
    for (PartType type : types) {
      var anatomy = Anatomy.of(type);
      if (!anatomy.survives(corpse.getMethod())) {
        throw Parts.refused(
            "%s of \"%s\" was lost with its life: only LIVE_EXTRACTION saves it"
                .formatted(type, target));
      }
      int left = anatomy.pieces() - Collections.frequency(corpse.getTakenList(), type);
      if (Collections.frequency(types, type) > left) {
        throw Parts.refused("corpse \"%s\" has %d %s left".formatted(target, left, type));
      }
    }
    if (broker.stored().getPartsCount() + types.size() > Broker.MOST_PARTS) {
      throw ServiceException.of(
          ErrorCode.RESOURCE_EXHAUSTED,
          "player \"%s\" holds %d parts and can hold %d"
              .formatted(broker.player(), broker.stored().getPartsCount(), Broker.MOST_PARTS));
    }
  }

  private List<StoredPart> taken(StoredBroker broker, StoredCorpse corpse, Cut cut, WorldNow now) {
    var traits = Traits.of(world, target);
    var parts = new ArrayList<StoredPart>();
    for (PartType type : types) {
      parts.add(
          StoredPart.newBuilder()
              .setNumber(broker.getLastPart() + parts.size() + 1)
              .setType(type)
              .setQuality(cut.quality())
              .setHarvestedAt(now.millis())
              .setKeepsMillis(Keeping.PLAIN.toMillis())
              .setWorldId(world)
              .setTargetId(target)
              .setCreature(corpse.getCreature())
              .addAllTraits(Traits.shownBy(type, traits))
              .build());
    }
    return parts;
  }

  /** What the call is answered, by the player after it. */
  HarvestResponse answer(Broker before, Broker after, WorldNow now) {
    var harvest = after.stored().getHarvest();
    var parts = after.stored().getPartsList();
    var answer = HarvestResponse.newBuilder();
    parts
        .subList(parts.size() - harvest.getPartsCount(), parts.size())
        .forEach(part -> answer.addParts(Parts.wire(part, now)));
    return answer
        .setSkillXpGained(harvest.getSkillXpGained())
        .setSkill(before.skill())
        .setMoralPath(harvest.getMoralPath())
        .build();
  }
}
