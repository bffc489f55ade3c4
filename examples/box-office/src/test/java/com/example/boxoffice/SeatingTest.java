package com.example.boxoffice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.example.boxoffice.v1.Reservation;
import com.example.boxoffice.v1.Show;
import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.ServiceException;
import org.junit.jupiter.api.Test;

/** The rules, without a server. */
class SeatingTest {
  private Seating seating = new Seating(Show.getDefaultInstance());

  @Test
  void givesAFreeSeatToWhoeverAsksFirst() {
    reserve("A7", "ada");

    assertThat(seating.find("A7").orElseThrow().getHolder()).isEqualTo("ada");
    assertThat(refusal("A7", "grace")).isEqualTo(ErrorCode.ALREADY_EXISTS);
    assertThat(seating.takenSeats()).containsExactly("A7");
  }

  @Test
  void changesNothingWhenTheHolderAsksAgain() {
    reserve("A7", "ada");
    var before = seating.show();

    reserve("A7", "ada");

    assertThat(seating.show()).isSameAs(before);
  }

  @Test
  void givesNobodyMoreThanFourSeats() {
    for (String seat : new String[] {"A1", "A2", "A3", "A4"}) {
      reserve(seat, "ada");
    }

    assertThat(refusal("A5", "ada")).isEqualTo(ErrorCode.FAILED_PRECONDITION);
    reserve("A4", "ada");
    reserve("A5", "grace");
    assertThat(seating.takenSeats()).hasSize(5);
  }

  private void reserve(String seat, String holder) {
    seating = new Seating(seating.reserve(reservation(seat, holder)));
  }

  private ErrorCode refusal(String seat, String holder) {
    return catchThrowableOfType(
            ServiceException.class, () -> seating.reserve(reservation(seat, holder)))
        .code();
  }

  private static Reservation reservation(String seat, String holder) {
    return Reservation.newBuilder().setSeat(seat).setHolder(holder).build();
  }
}
