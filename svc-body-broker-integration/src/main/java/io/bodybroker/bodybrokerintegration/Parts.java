package io.bodybroker.bodybrokerintegration;

import io.bodybroker.bodybrokerintegration.family.Goods;
import io.bodybroker.bodybrokerintegration.harvest.Anatomy;
import io.bodybroker.bodybrokerintegration.harvest.Grades;
import io.bodybroker.bodybrokerintegration.harvest.Keeping;
import io.bodybroker.bodybrokerintegration.state.v1.StoredPart;
import io.bodybroker.bodybrokerintegration.v1.BodyPart;
import io.bodybroker.bodybrokerintegration.v1.Grade;
import io.bodybroker.bodybrokerintegration.v1.HarvestedPart;
import io.bodybroker.bodybrokerintegration.v1.PartState;
import io.bodybroker.bodybrokerintegration.v1.Preservation;
import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.sdk.time.ProtoTimes;
import java.time.Duration;

/** What follows from a part as stored. */
final class Parts {
  private Parts() {}

  /** Its name among the player's. */
  static String id(StoredPart part) {
    return "p" + part.getNumber();
  }

  /** The number of a name that the contract has let through; beyond all parts if it is too long. */
  static long number(String id) {
    return id.length() > 18 ? Long.MAX_VALUE : Long.parseLong(id.substring(1));
  }

  static Grade grade(StoredPart part) {
    return Grades.of(part.getQuality());
  }

  static Keeping keeping(StoredPart part) {
    return new Keeping(part.getHarvestedAt(), Duration.ofMillis(part.getKeepsMillis()));
  }

  /** What it was worth when it was taken out. */
  static long value(StoredPart part) {
    return Math.round(Anatomy.of(part.getType()).baseValue() * Grades.multiplier(grade(part)));
  }

  /** As a buyer sees it. */
  static Goods goods(StoredPart part, WorldNow now) {
    return new Goods(
        part.getType(), grade(part), keeping(part).freshness(now.millis()), part.getTraitsList());
  }

  static boolean isFree(StoredPart part) {
    return part.getDealId().isEmpty();
  }

  /**
   * Refuses a part that cannot be had now.
   *
   * @throws ServiceException {@code FAILED_PRECONDITION}
   */
  static void requireUsable(StoredPart part, WorldNow now) {
    if (!isFree(part)) {
      throw refused("part \"%s\" is in deal \"%s\"".formatted(id(part), part.getDealId()));
    }
    if (keeping(part).isDecayed(now.millis())) {
      throw refused("part \"%s\" has decayed".formatted(id(part)));
    }
  }

  static ServiceException refused(String message) {
    return ServiceException.of(ErrorCode.FAILED_PRECONDITION, message);
  }

  /** The part, kept in something. */
  static StoredPart preserved(StoredPart part, Preservation preservation) {
    return part.toBuilder()
        .setPreservation(preservation)
        .setKeepsMillis(part.getKeepsMillis() + Keeping.extra(preservation).toMillis())
        .build();
  }

  static PartState state(StoredPart part, WorldNow now) {
    if (!isFree(part)) {
      return PartState.RESERVED;
    }
    return keeping(part).isDecayed(now.millis()) ? PartState.DECAYED : PartState.HELD;
  }

  static BodyPart wire(StoredPart part, WorldNow now) {
    var keeping = keeping(part);
    return BodyPart.newBuilder()
        .setPartId(id(part))
        .setType(part.getType())
        .setGrade(grade(part))
        .setQuality(part.getQuality())
        .setState(state(part, now))
        .setDealId(part.getDealId())
        .setAmount(Anatomy.of(part.getType()).amount())
        .setValue(value(part))
        .setFreshness(rounded(keeping.freshness(now.millis())))
        .setKeeps(ProtoTimes.duration(keeping.keeps()))
        .setHarvestedAt(WorldNow.calendar(part.getHarvestedAt()))
        .setDecaysAt(WorldNow.calendar(keeping.until()))
        .setPreservation(part.getPreservation())
        .setDecayAlert(keeping.isAlert(now.millis()))
        .setWorldId(part.getWorldId())
        .setTargetId(part.getTargetId())
        .setCreature(part.getCreature())
        .addAllTraits(part.getTraitsList())
        .build();
  }

  static HarvestedPart harvested(StoredPart part) {
    return HarvestedPart.newBuilder()
        .setPartId(id(part))
        .setType(part.getType())
        .setGrade(grade(part))
        .setValue(value(part))
        .build();
  }

  /** To a ten-thousandth, which is what a reader can make use of. */
  static double rounded(double value) {
    return Math.round(value * 10_000) / 10_000.0;
  }
}
