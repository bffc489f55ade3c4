package io.bodybroker.payment.ledger;

import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.ServiceException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names a transaction by where it is, so that it is found without an index: {@code txn-grace-17} is
 * at position 17 of the journal, in grace's account.
 */
public record TransactionId(String playerId, long position) {
  private static final Pattern FORM = Pattern.compile("txn-([A-Za-z0-9_-]+)-([0-9]{1,18})");

  /** The name of an entry. */
  public static TransactionId of(Recorded recorded) {
    return new TransactionId(recorded.playerId(), recorded.position());
  }

  /** Reads what {@link #text} has written; of another form the contract lets none pass. */
  public static TransactionId parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw ServiceException.invalidArgument(
          "transaction_id", text, "the transaction_id of a transaction");
    }
    return new TransactionId(matcher.group(1), Long.parseLong(matcher.group(2)));
  }

  /** As it travels. */
  public String text() {
    return "txn-" + playerId + "-" + position;
  }

  /** The error of there being none. */
  public ServiceException notFound() {
    return ServiceException.builder(
            ErrorCode.NOT_FOUND, "there is no transaction \"" + text() + "\"")
        .mayHaveExecuted(false)
        .detail("transaction_id", text())
        .build();
  }
}
