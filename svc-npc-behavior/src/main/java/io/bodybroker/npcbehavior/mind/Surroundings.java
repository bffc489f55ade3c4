package io.bodybroker.npcbehavior.mind;

import io.bodybroker.npcbehavior.v1.Attitude;
import io.bodybroker.npcbehavior.v1.EntityKind;
import io.bodybroker.npcbehavior.v1.SituatedEntity;
import io.bodybroker.npcbehavior.v1.Situation;
import io.bodybroker.sdk.error.ServiceException;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/**
 * A situation as one NPC sees it: what is near, the nearest first, and how it stands to the NPC.
 *
 * @param health the NPC's own, 0 to 1
 * @param isInDanger whether there is violence that is not its own
 * @param isSocial whether people meet here
 * @param all what is near, the nearest first
 */
record Surroundings(double health, boolean isInDanger, boolean isSocial, List<Seen> all) {
  /** From here on somebody is a friend, from minus this on an enemy. */
  private static final double DECISIVE = 0.3;

  /** So much hate makes an enemy of one's own people. */
  private static final double TREASON = -0.6;

  /**
   * Something near.
   *
   * @param entity what
   * @param attitude how it stands to the NPC
   * @param relationship what the NPC feels about it, in one number
   */
  record Seen(SituatedEntity entity, Attitude attitude, double relationship) {
    String id() {
      return entity.getEntityId();
    }

    double distance() {
      return entity.getDistanceMeters();
    }

    double health() {
      return entity.hasHealth() ? entity.getHealth() : 1;
    }

    /** Whether one can talk to it. */
    boolean isPerson() {
      return entity.getKind() == EntityKind.PLAYER_CHARACTER || entity.getKind() == EntityKind.NPC;
    }

    boolean isWithin(double meters) {
      return distance() < meters;
    }
  }

  Surroundings {
    all = List.copyOf(all);
  }

  /**
   * What an NPC sees.
   *
   * @throws ServiceException {@code INVALID_ARGUMENT} if something is there twice, or the NPC
   *     itself
   */
  static Surroundings of(Situation situation, Mind mind) {
    check(situation, mind);
    var all =
        situation.getEntitiesList().stream()
            .map(entity -> seen(entity, mind))
            .sorted(Comparator.comparingDouble(Seen::distance).thenComparing(Seen::id))
            .toList();
    return new Surroundings(
        situation.hasHealth() ? situation.getHealth() : 1,
        situation.getInDanger(),
        situation.getSocialArea(),
        all);
  }

  private static void check(Situation situation, Mind mind) {
    var ids = new HashSet<String>();
    for (int i = 0; i < situation.getEntitiesCount(); i++) {
      var id = situation.getEntities(i).getEntityId();
      var field = "situation.entities[" + i + "].entity_id";
      if (id.equals(mind.id())) {
        throw ServiceException.invalidArgument(field, id, "something else than the NPC itself");
      }
      if (!ids.add(id)) {
        throw ServiceException.invalidArgument(field, id, "each entity once");
      }
    }
  }

  private static Seen seen(SituatedEntity entity, Mind mind) {
    double relationship = mind.relationship(entity.getEntityId()).getScore();
    return new Seen(entity, attitude(entity, relationship, mind), relationship);
  }

  /** Things are nobody's friends; among others feelings count more than factions. */
  private static Attitude attitude(SituatedEntity entity, double relationship, Mind mind) {
    if (entity.getAttitude() != Attitude.ATTITUDE_UNSPECIFIED) {
      return entity.getAttitude();
    }
    if (entity.getKind() == EntityKind.OBJECT || entity.getKind() == EntityKind.OBSTACLE) {
      return Attitude.INDIFFERENT;
    }
    boolean isOwnFaction =
        !entity.getFaction().isEmpty()
            && entity.getFaction().equals(mind.personality().getFaction());
    if (relationship <= (isOwnFaction ? TREASON : -DECISIVE)) {
      return Attitude.ENEMY;
    }
    return isOwnFaction || relationship >= DECISIVE ? Attitude.ALLY : Attitude.INDIFFERENT;
  }

  /** The nearest first. */
  List<Seen> enemies() {
    return all.stream().filter(one -> one.attitude() == Attitude.ENEMY).toList();
  }

  /** Those whom one can talk to and who are no enemies, the nearest first. */
  List<Seen> company() {
    return all.stream().filter(one -> one.isPerson() && one.attitude() != Attitude.ENEMY).toList();
  }

  /** The nearest first. */
  List<Seen> of(EntityKind kind) {
    return all.stream().filter(one -> one.entity().getKind() == kind).toList();
  }

  Optional<Seen> find(String id) {
    return all.stream().filter(one -> one.id().equals(id)).findFirst();
  }
}
