package io.bodybroker.auth.ticket;

/** A ticket is not good. */
public final class RefusedTicketException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String reason;

  /** Refuses it for this reason, which holds nothing of the ticket. */
  RefusedTicketException(String reason) {
    super(reason, null, false, false);
    this.reason = reason;
  }

  /** Why; can be shown to whoever brought it. */
  public String reason() {
    return reason;
  }
}
