package io.bodybroker.bodybrokerintegration.book;

import io.bodybroker.bodybrokerintegration.v1.BookTier;
import java.util.List;

/** How well a player knows something, by how often it was met. */
public final class Knowledge {
  /** A client's secrets. */
  public static final int SECRETS = 8;

  /** What a client thinks of what was sold to it, at first. */
  public static final int FIRST_SATISFACTION = 50;

  /** How many prices are kept. */
  public static final int MARKET_HISTORY = 30;

  private static final double ALERT = 0.2;

  private Knowledge() {}

  /** Of a creature: seen makes awareness, cut open familiarity, 10 times expertise, 25 mastery. */
  public static BookTier ofCreature(long seen, long dissected) {
    if (dissected > 0) {
      return tier(dissected, 1, 1, 10);
    }
    return seen > 0 ? BookTier.AWARENESS : BookTier.WHISPERS;
  }

  /** Of a drug, by deals in it: 1, 5, 10 and 25. */
  public static BookTier ofDrug(long deals) {
    return tier(deals, 1, 5, 10);
  }

  /** Of a client, by deals with it: 1, 3, 10 and 25. */
  public static BookTier ofClient(long deals) {
    return tier(deals, 1, 3, 10);
  }

  private static BookTier tier(long count, int awareness, int familiarity, int expertise) {
    if (count >= 25) {
      return BookTier.MASTERY;
    }
    if (count >= expertise) {
      return BookTier.EXPERTISE;
    }
    if (count >= familiarity) {
      return BookTier.FAMILIARITY;
    }
    return count >= awareness ? BookTier.AWARENESS : BookTier.WHISPERS;
  }

  /** How much of a drug's effects is known: a tenth a deal in it. */
  public static double knownEffects(long deals) {
    return Math.min(10, deals) / 10.0;
  }

  /** Whether the last price is a fifth or more off the one before. */
  public static boolean isAlert(List<Double> market) {
    if (market.size() < 2) {
      return false;
    }
    double before = market.get(market.size() - 2);
    return Math.abs(market.getLast() - before) >= ALERT * before - 1e-9;
  }
}
