package io.bodybroker.cli.proof;

import com.google.protobuf.InvalidProtocolBufferException;
import io.bodybroker.proof.v1.PageChanged;
import io.nats.client.Message;
import java.util.List;
import java.util.Map;

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
            message -> ledger.event(parse(message)));
  }

  private static PageChanged parse(Message message) {
    try {
      return PageChanged.parseFrom(message.getData());
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("an event cannot be read", e);
    }
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
  public long changes() {
    return ledger.events(); // deletions have no number
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
