package io.bodybroker.settings.policy;

import io.bodybroker.settings.v1.Evaluation;
import io.bodybroker.settings.v1.EvaluationReason;
import io.bodybroker.settings.v1.Flag;
import io.bodybroker.settings.v1.Tier;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/** Whether a feature flag is on for a player. */
public final class Rollout {
  private Rollout() {}

  /** The flag as it is for a player of a tier. */
  public static Evaluation evaluate(Flag flag, String player, Tier tier) {
    return evaluation(flag.getFlagId(), reason(flag, player, tier));
  }

  /** What a name is that no flag has. */
  public static Evaluation unknown(String flagId) {
    return evaluation(flagId, EvaluationReason.UNKNOWN_FLAG);
  }

  private static Evaluation evaluation(String flagId, EvaluationReason reason) {
    return Evaluation.newBuilder()
        .setFlagId(flagId)
        .setOn(reason == EvaluationReason.ROLLED_OUT)
        .setReason(reason)
        .build();
  }

  private static EvaluationReason reason(Flag flag, String player, Tier tier) {
    if (!flag.getEnabled()) {
      return EvaluationReason.DISABLED;
    }
    if (flag.getTiersCount() > 0 && !flag.getTiersList().contains(tier)) {
      return EvaluationReason.OTHER_TIER;
    }
    return place(flag.getFlagId(), player) < flag.getRolloutPercent()
        ? EvaluationReason.ROLLED_OUT
        : EvaluationReason.NOT_REACHED;
  }

  /**
   * Where a player stands in the rollout of a flag, 0 to 99: CRC-32 of {@code flag:player}, the
   * same on every instance and for all time.
   */
  static int place(String flagId, String player) {
    var crc = new CRC32();
    crc.update((flagId + ":" + player).getBytes(StandardCharsets.UTF_8));
    return (int) (crc.getValue() % 100);
  }
}
