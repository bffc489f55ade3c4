package io.bodybroker.payment.ledger;

import io.bodybroker.payment.v1.Currency;
import io.bodybroker.payment.v1.SystemAccount;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;

/**
 * What an audit found.
 *
 * @param accounts how many players have an account
 * @param entries how many entries were read
 * @param players what all players have together
 * @param system what each system account has
 * @param findings what is wrong, by position; empty if nothing is
 */
public record AuditReport(
    long accounts,
    long entries,
    Map<Currency, BigInteger> players,
    Map<SystemAccount, Map<Currency, BigInteger>> system,
    List<Finding> findings) {
  /** Copies. */
  public AuditReport {
    players = Map.copyOf(players);
    system = Map.copyOf(system);
    findings = List.copyOf(findings);
  }

  /** Whether nothing is wrong. */
  public boolean isClean() {
    return findings.isEmpty();
  }
}
