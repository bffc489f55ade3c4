package io.bodybroker.payment;

import com.google.protobuf.Empty;
import io.bodybroker.payment.ledger.Account;
import io.bodybroker.payment.ledger.Decision;
import io.bodybroker.payment.ledger.Instruction;
import io.bodybroker.payment.ledger.Ledger;
import io.bodybroker.payment.ledger.Recorded;
import io.bodybroker.payment.ledger.Seal;
import io.bodybroker.payment.ledger.TransactionId;
import io.bodybroker.payment.state.v1.SealedEntry;
import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.sdk.idempotency.IdempotentCall;
import io.bodybroker.sdk.journal.Journal;
import io.bodybroker.sdk.journal.JournalEntry;
import io.bodybroker.sdk.time.ProtoTimes;
import io.bodybroker.sdk.v1.AppliedCalls;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The accounts of players, each of which is the entries under the player's id in the journal.
 * Nothing is kept here: every answer is the journal's.
 */
final class Accounts {
  private final Journal<SealedEntry> journal;
  private final Ledger ledger = new Ledger(this::required);
  private final InstantSource time;

  Accounts(Journal<SealedEntry> journal, InstantSource time) {
    this.journal = journal;
    this.time = time;
  }

  /** What an instruction came to. */
  sealed interface Outcome {
    /**
     * It was carried out.
     *
     * @param isRepeat not now, but when the call came first
     */
    record Done(Recorded recorded, boolean isRepeat) implements Outcome {}

    /** It was not, for there is too little. */
    record TooLow(long balance, long missing) implements Outcome {}
  }

  /** A player's account; empty if there is none. */
  Account read(String playerId) {
    return Account.of(playerId, journal.last(playerId).map(Accounts::open));
  }

  /** A player's account as it was at this version or a later one, if there was such a one. */
  Account read(String playerId, long minVersion) {
    var last =
        journal.last(
            playerId, sealed -> Seal.open(playerId, 0, sealed).entry().getNumber() >= minVersion);
    return Account.of(playerId, last.map(Accounts::open));
  }

  /** A transaction; empty if the player has none of this name. */
  Optional<Recorded> find(TransactionId id) {
    return journal
        .at(id.position())
        .filter(entry -> entry.key().equals(id.playerId()))
        .map(Accounts::open);
  }

  /** The refund of a debit of an account. */
  Optional<Recorded> refundOf(Account account, Recorded debit) {
    return ledger.refundOf(account, debit.position());
  }

  /**
   * Up to so many entries of an account, from a position on and back in time.
   *
   * @param position of one of its entries
   */
  List<Recorded> back(String playerId, long position, int count) {
    var entries = new ArrayList<Recorded>();
    long next = position;
    while (next != 0 && entries.size() < count) {
      var entry = find(new TransactionId(playerId, next));
      if (entry.isEmpty()) {
        break;
      }
      entries.add(entry.get());
      next = entry.get().entry().getPreviousPosition();
    }
    return entries;
  }

  /**
   * Carries an instruction out, unless the call is a repeat.
   *
   * @throws ServiceException what {@link Ledger#decide} throws; {@code INVALID_ARGUMENT} if another
   *     request came with the call's key
   */
  Outcome post(String playerId, IdempotentCall call, Instruction instruction) {
    var remembered =
        call.remember(AppliedCalls.getDefaultInstance(), Empty.getDefaultInstance(), 1);
    // What the last run decided; the one before lost a race.
    var decided = new AtomicReference<Decision>();
    Optional<JournalEntry<SealedEntry>> appended =
        journal.append(
            playerId,
            last -> {
              var account = Account.of(playerId, last.map(Accounts::open));
              var now = ProtoTimes.timestamp(time.instant());
              Decision decision = ledger.decide(account, instruction, remembered, now);
              decided.set(decision);
              return decision instanceof Decision.Append append
                  ? Optional.of(Seal.close(playerId, append.entry()))
                  : Optional.empty();
            });
    return switch (decided.get()) {
      case Decision.Append append -> new Outcome.Done(open(appended.orElseThrow()), false);
      case Decision.Repeat repeat -> {
        // Refuses another request under the same key.
        var unused =
            call.answer(repeat.earlier().entry().getAppliedCalls(), Empty.getDefaultInstance());
        yield new Outcome.Done(repeat.earlier(), true);
      }
      case Decision.TooLow tooLow -> new Outcome.TooLow(tooLow.balance(), tooLow.missing());
    };
  }

  private Recorded required(long position) {
    return journal
        .at(position)
        .map(Accounts::open)
        .orElseThrow(() ->
            new IllegalStateException(
                "the ledger's entry at position " + position + " is gone; see bb audit"));
  }

  private static Recorded open(JournalEntry<SealedEntry> entry) {
    return Seal.open(entry.key(), entry.position(), entry.value());
  }
}
