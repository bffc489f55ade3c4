package io.bodybroker.auth;

import io.bodybroker.auth.state.v1.SpentTicket;
import io.bodybroker.auth.ticket.Ticket;
import io.bodybroker.auth.ticket.TicketVerifier;
import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.sdk.store.Store;
import io.bodybroker.sdk.time.ProtoTimes;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;

/** Sees to it that a ticket is taken once, whichever instance it is brought to. */
final class SpentTickets {
  /** Longer than a ticket can be good. */
  static final Duration TIME_TO_LIVE = TicketVerifier.LONGEST.plusMinutes(1);

  private final Store<SpentTicket> spent;

  SpentTickets(Store<SpentTicket> spent) {
    this.spent = spent;
  }

  /** Takes a ticket. Returns whether nobody had taken it before. */
  boolean take(Ticket ticket) {
    try {
      spent.create(
          key(ticket),
          SpentTicket.newBuilder().setExpiresAt(ProtoTimes.timestamp(ticket.expiresAt())).build());
      return true;
    } catch (ServiceException e) {
      if (e.code() == ErrorCode.ALREADY_EXISTS) {
        return false;
      }
      throw e;
    }
  }

  private static String key(Ticket ticket) {
    var name = ticket.issuer() + "\n" + ticket.id();
    return HexFormat.of().formatHex(SessionToken.sha256(name.getBytes(StandardCharsets.UTF_8)));
  }
}
