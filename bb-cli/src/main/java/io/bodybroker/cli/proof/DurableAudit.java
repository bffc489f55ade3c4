package io.bodybroker.cli.proof;

import com.google.protobuf.InvalidProtocolBufferException;
import io.bodybroker.proof.v1.Page;
import io.bodybroker.proof.v1.PageChanged;
import io.nats.client.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** The bucket keeps each revision: so each is held against its event. */
final class DurableAudit implements Audit {
  private static final String BUCKET = RevisingProgram.STORE;

  private final Witness witness;
  private final RevisionsLedger ledger = new RevisionsLedger();
  private long lastEvent;
  private long mark;

  DurableAudit(Witness witness) {
    this.witness = witness;
  }

  /** Events first: each of them then has its revision among those that are read after them. */
  @Override
  public void look() {
    var events = new ArrayList<Message>();
    lastEvent =
        witness.read(ProofStreams.STREAM.name(), RevisingProgram.SUBJECT, lastEvent, events::add);
    witness.read(
        "KV_" + BUCKET,
        "$KV." + BUCKET + ".>",
        ledger.lastRevision(),
        revision -> ledger.revision(expected(revision)));
    events.forEach(event -> ledger.event(parse(event)));
  }

  /** The event that a revision must become. */
  private static PageChanged expected(Message message) {
    String subject = message.getSubject();
    var event =
        PageChanged.newBuilder()
            .setKey(subject.substring(subject.lastIndexOf('.') + 1))
            .setRevision(message.metaData().streamSequence());
    if (!Witness.header(message, "KV-Operation").isEmpty()) {
      return event.setDeleted(true).build();
    }
    try {
      return event.setNumber(Page.parseFrom(message.getData()).getNumber()).build();
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("revision " + event.getRevision() + " cannot be read", e);
    }
  }

  static PageChanged parse(Message message) {
    try {
      return PageChanged.parseFrom(message.getData());
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("an event cannot be read", e);
    }
  }

  @Override
  public void mark() {
    look();
    mark = ledger.lastRevision();
  }

  @Override
  public boolean agrees() {
    return ledger.hasEventsUpTo(mark);
  }

  @Override
  public void compare() {
    look(); // each event was compared when it was read
  }

  @Override
  public OptionalLong changes() {
    return OptionalLong.of(ledger.revisions());
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
