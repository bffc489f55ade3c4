package com.example.boxoffice;

import com.example.boxoffice.v1.Reservation;
import com.example.boxoffice.v1.Show;
import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.ServiceException;
import java.util.List;
import java.util.Optional;

/**
 * Who sits where in a show, and who may. It knows no server and no clock, so its tests need none.
 *
 * @param show as it is stored
 */
record Seating(Show show) {
  static final int MOST_SEATS_OF_ONE_HOLDER = 4;

  /**
   * The show with one more reservation; the very same show if its holder has that seat already.
   *
   * @throws ServiceException {@code ALREADY_EXISTS} or {@code FAILED_PRECONDITION}, as the contract
   *     says
   */
  Show reserve(Reservation wanted) {
    Optional<Reservation> present = find(wanted.getSeat());
    if (present.isPresent()) {
      return requireSameHolder(present.get(), wanted);
    }
    if (seatsOf(wanted.getHolder()) >= MOST_SEATS_OF_ONE_HOLDER) {
      throw ServiceException.of(
          ErrorCode.FAILED_PRECONDITION,
          "\"%s\" has %d seats, and nobody gets more"
              .formatted(wanted.getHolder(), MOST_SEATS_OF_ONE_HOLDER));
    }
    return show.toBuilder().addReservations(wanted).build();
  }

  private Show requireSameHolder(Reservation present, Reservation wanted) {
    if (!present.getHolder().equals(wanted.getHolder())) {
      throw ServiceException.of(
          ErrorCode.ALREADY_EXISTS, "seat %s is taken".formatted(wanted.getSeat()));
    }
    return show;
  }

  private long seatsOf(String holder) {
    return show.getReservationsList().stream()
        .filter(one -> one.getHolder().equals(holder))
        .count();
  }

  Optional<Reservation> find(String seat) {
    return show.getReservationsList().stream()
        .filter(one -> one.getSeat().equals(seat))
        .findFirst();
  }

  List<String> takenSeats() {
    return show.getReservationsList().stream().map(Reservation::getSeat).toList();
  }
}
