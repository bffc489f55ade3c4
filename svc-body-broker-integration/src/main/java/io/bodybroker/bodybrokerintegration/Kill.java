package io.bodybroker.bodybrokerintegration;

import io.bodybroker.bodybrokerintegration.harvest.Keeping;
import io.bodybroker.bodybrokerintegration.harvest.Traits;
import io.bodybroker.bodybrokerintegration.state.v1.StoredBroker;
import io.bodybroker.bodybrokerintegration.state.v1.StoredCorpse;
import io.bodybroker.bodybrokerintegration.state.v1.StoredTarget;
import io.bodybroker.bodybrokerintegration.v1.BookSubject;
import io.bodybroker.bodybrokerintegration.v1.Corpse;
import io.bodybroker.bodybrokerintegration.v1.KillRecorded;
import io.bodybroker.bodybrokerintegration.v1.RecordKillRequest;
import io.bodybroker.bodybrokerintegration.v1.TargetMorality;
import io.bodybroker.sdk.time.ProtoTimes;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A kill, as it was recorded.
 *
 * @param target who died, by whom
 */
record Kill(StoredTarget target) {
  static Kill of(RecordKillRequest request, WorldNow now, Instant at) {
    var morality =
        request.getTargetMorality() == TargetMorality.TARGET_MORALITY_UNSPECIFIED
            ? TargetMorality.NEUTRAL
            : request.getTargetMorality();
    var corpse =
        StoredCorpse.newBuilder()
            .setWorldId(request.getWorldId())
            .setTargetId(request.getTargetId())
            .setMethod(request.getMethod())
            .setTargetMorality(morality)
            .setCreature(request.getCreature())
            .setZoneId(request.getZoneId())
            .setKilledAt(now.millis());
    return new Kill(
        StoredTarget.newBuilder()
            .setPlayerId(request.getPlayerId())
            .setCorpse(corpse)
            .setWitnessed(request.getWitnessed())
            .setRecordedAt(ProtoTimes.timestamp(at))
            .build());
  }

  /** Where who died is stored: a target dies once in its world. */
  static String key(String world, String target) {
    return world + "/" + target;
  }

  /** The player after it; the same if it has counted already. */
  Broker countedBy(Broker broker) {
    var corpse = target.getCorpse();
    var key = key(corpse.getWorldId(), corpse.getTargetId());
    var counted = broker.stored().getCountedTargetsList();
    if (counted.contains(key)) {
      return broker;
    }
    int most = Broker.MOST_COUNTED_TARGETS - 1;
    var creature = broker.page(BookSubject.CREATURE, corpse.getCreature());
    var after =
        broker
            .with(broker.conscience().after(corpse.getTargetMorality()))
            .with(creature.toBuilder().setEncounters(creature.getEncounters() + 1).build());
    return new Broker(
        after.stored().toBuilder()
            .clearCorpses()
            .addAllCorpses(withRoom(broker.stored().getCorpsesList(), corpse))
            .addCorpses(corpse)
            .clearCountedTargets()
            .addAllCountedTargets(
                counted.subList(Math.max(0, counted.size() - most), counted.size()))
            .addCountedTargets(key)
            .setKill(event(after))
            .build());
  }

  /** Those that are not rotten, as far as the clock of this world tells, and of them the latest. */
  private static List<StoredCorpse> withRoom(List<StoredCorpse> corpses, StoredCorpse latest) {
    var lasting = corpses.stream().filter(corpse -> !isRottenBeside(corpse, latest)).toList();
    int most = Broker.MOST_CORPSES - 1;
    return lasting.subList(Math.max(0, lasting.size() - most), lasting.size());
  }

  private static boolean isRottenBeside(StoredCorpse corpse, StoredCorpse latest) {
    return corpse.getWorldId().equals(latest.getWorldId())
        && isRotten(corpse, latest.getKilledAt());
  }

  /** Whether nothing can be taken out of a corpse any more, by the clock of its world. */
  static boolean isRotten(StoredCorpse corpse, long now) {
    return new Keeping(corpse.getKilledAt(), Keeping.PLAIN).isDecayed(now);
  }

  static Optional<StoredCorpse> find(StoredBroker broker, String world, String target) {
    return broker.getCorpsesList().stream()
        .filter(corpse -> corpse.getWorldId().equals(world) && corpse.getTargetId().equals(target))
        .findFirst();
  }

  private KillRecorded event(Broker after) {
    return KillRecorded.newBuilder()
        .setPlayerId(target.getPlayerId())
        .setCorpse(wire(target.getCorpse()))
        .setWitnessed(target.getWitnessed())
        .setMoralPath(after.conscience().path())
        .setRecordedAt(target.getRecordedAt())
        .build();
  }

  static Corpse wire(StoredCorpse corpse) {
    return Corpse.newBuilder()
        .setWorldId(corpse.getWorldId())
        .setTargetId(corpse.getTargetId())
        .setMethod(corpse.getMethod())
        .setTargetMorality(corpse.getTargetMorality())
        .setCreature(corpse.getCreature())
        .setZoneId(corpse.getZoneId())
        .setKilledAt(WorldNow.calendar(corpse.getKilledAt()))
        .addAllTraits(Traits.of(corpse.getWorldId(), corpse.getTargetId()))
        .addAllTaken(corpse.getTakenList())
        .build();
  }
}
