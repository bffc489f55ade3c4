package io.bodybroker.cli.proof;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** Redis keeps the last version of each document, and what its writers put is numbered. */
final class FastAudit implements Audit {
  private final Witness witness;
  private final RedisWitness redis;
  private final ChangesLedger ledger = new ChangesLedger();
  private Map<String, ChangesLedger.Held> mark = Map.of();
  private long lastEvent;

  FastAudit(Witness witness, RedisWitness redis) {
    this.witness = witness;
    this.redis = redis;
  }

  @Override
  public void look() {
    lastEvent =
        witness.read(
            ProofStreams.STREAM.name(),
            RevisingProgram.SUBJECT,
            lastEvent,
            message -> ledger.event(DurableAudit.parse(message)));
  }

  @Override
  public void mark() {
    mark = redis.held(RevisingProgram.STORE);
  }

  @Override
  public boolean agrees() {
    return mark.entrySet().stream()
        .allMatch(held -> ledger.hasEventOf(held.getKey(), held.getValue()));
  }

  @Override
  public void compare() {
    look();
    ledger.compare(redis.held(RevisingProgram.STORE));
  }

  @Override
  public OptionalLong changes() {
    return OptionalLong.empty(); // what was overwritten is gone, and deletions have no number
  }

  @Override
  public long events() {
    return ledger.events();
  }

  @Override
  public List<String> breaches() {
    return ledger.breaches();
  }
}
