package io.bodybroker.bodybrokerintegration;

import io.bodybroker.bodybrokerintegration.state.v1.StoredDeal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What a deal is called where everybody can read it. It follows from the deal, so it is the same
 * whoever makes it; and the moment of the offer is in it, so that nobody finds out whose deal it is
 * by trying players' names.
 */
final class Pseudonym {
  private static final int BYTES = 16;

  private Pseudonym() {}

  static String of(StoredDeal deal) {
    var offered = deal.getOfferedAt();
    var text = Deals.key(deal) + "@" + offered.getSeconds() + "." + offered.getNanos();
    try {
      var digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
