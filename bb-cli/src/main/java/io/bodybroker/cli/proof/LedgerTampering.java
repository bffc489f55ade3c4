package io.bodybroker.cli.proof;

import com.google.protobuf.ByteString;
import io.bodybroker.payment.ledger.LedgerAudit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Removes entries from copies of the ledger, and changes others, and looks whether an audit sees.
 */
final class LedgerTampering {
  private static final int TRIES = 10;

  private LedgerTampering() {}

  /** What no audit has named. */
  static List<String> unnoticed(List<LedgerLine> entries) {
    var random = new Random(entries.size());
    var unnoticed = new ArrayList<String>();
    for (int i = 0; i < TRIES && !entries.isEmpty(); i++) {
      LedgerLine victim = entries.get(random.nextInt(entries.size()));
      boolean isRemoval = i % 2 == 0;
      if (!isNamed(entries, victim, isRemoval, random)) {
        unnoticed.add((isRemoval ? "removal of " : "change of ") + victim.transactionId());
      }
    }
    return unnoticed;
  }

  private static boolean isNamed(
      List<LedgerLine> entries, LedgerLine victim, boolean isRemoval, Random random) {
    var audit = new LedgerAudit();
    for (LedgerLine line : entries) {
      if (!line.equals(victim)) {
        audit.entry(line.player(), line.position(), line.sealed());
      } else if (!isRemoval) {
        byte[] content = line.sealed().getContent().toByteArray();
        content[random.nextInt(content.length)] ^= (byte) (1 << random.nextInt(8));
        var changed = line.sealed().toBuilder().setContent(ByteString.copyFrom(content)).build();
        audit.entry(line.player(), line.position(), changed);
      }
    }
    return audit.report(entries.getLast().position()).findings().stream()
        .anyMatch(finding -> finding.position() == victim.position());
  }
}
