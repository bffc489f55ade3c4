package com.example.boxoffice;

import com.example.boxoffice.v1.BoxOfficeService;
import com.example.boxoffice.v1.GetReservationRequest;
import com.example.boxoffice.v1.GetReservationResponse;
import com.example.boxoffice.v1.Reservation;
import com.example.boxoffice.v1.ReserveRequest;
import com.example.boxoffice.v1.ReserveResponse;
import com.example.boxoffice.v1.SeatReserved;
import com.example.boxoffice.v1.Show;
import com.example.boxoffice.v1.WatchSeatsRequest;
import com.example.boxoffice.v1.WatchSeatsResponse;
import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.sdk.event.Events;
import io.bodybroker.sdk.rpc.CallContext;
import io.bodybroker.sdk.rpc.LatestValue;
import io.bodybroker.sdk.rpc.ResponseWriter;
import io.bodybroker.sdk.store.Change;
import io.bodybroker.sdk.store.Store;
import io.bodybroker.sdk.time.ProtoTimes;
import java.time.InstantSource;

/**
 * Answers the calls. All state is in the store, so any instance answers any call, and of two who
 * want one seat at the same moment one gets it.
 */
final class BoxOffice implements BoxOfficeService {
  private final Store<Show> shows;
  private final Events events;
  private final InstantSource time;

  BoxOffice(Store<Show> shows, Events events, InstantSource time) {
    this.shows = shows;
    this.events = events;
    this.time = time;
  }

  @Override
  public ReserveResponse reserve(ReserveRequest request, CallContext call) {
    var wanted =
        Reservation.newBuilder()
            .setSeat(request.getSeat())
            .setHolder(request.getHolder())
            .setReservedAt(ProtoTimes.timestamp(time.instant()))
            .build();
    var show =
        shows.update(
            request.getShowId(),
            before -> new Seating(before.orElse(Show.getDefaultInstance())).reserve(wanted));
    // Not the one that was wanted: a repeat gets what the first call made.
    var reservation = new Seating(show.value()).find(request.getSeat()).orElseThrow();
    announce(request.getShowId(), reservation);
    return ReserveResponse.newBuilder().setReservation(reservation).build();
  }

  /**
   * Also for a repeat, under the same id. So if this fails, the caller hears of it, tries again,
   * and in the end has both the seat and the event.
   */
  private void announce(String showId, Reservation reservation) {
    var event = SeatReserved.newBuilder().setShowId(showId).setReservation(reservation).build();
    events.publish(event, showId + ":" + reservation.getSeat());
  }

  @Override
  public GetReservationResponse getReservation(GetReservationRequest request, CallContext call) {
    var reservation =
        seating(request.getShowId())
            .find(request.getSeat())
            .orElseThrow(() -> ServiceException.notFound("reservation of seat", request.getSeat()));
    return GetReservationResponse.newBuilder().setReservation(reservation).build();
  }

  @Override
  public void watchSeats(
      WatchSeatsRequest request, CallContext call, ResponseWriter<WatchSeatsResponse> responses)
      throws InterruptedException {
    var latest = new LatestValue<Seating>();
    // Followed first and read then, so that nothing is missed in between.
    try (var watch = shows.watchKey(request.getShowId(), change -> take(change, latest))) {
      var seating = seating(request.getShowId());
      int known = request.hasAfterTaken() ? request.getAfterTaken() : -1;
      while (true) { // until the reader is gone: then send throws, or take is interrupted
        var seats = seating.takenSeats();
        if (seats.size() > known) {
          known = seats.size();
          responses.send(
              WatchSeatsResponse.newBuilder().addAllSeats(seats).setTaken(known).build());
        }
        seating = latest.take();
      }
    }
  }

  private static void take(Change<Show> change, LatestValue<Seating> latest) {
    if (change instanceof Change.Put<Show> put) {
      latest.set(new Seating(put.value()));
    }
  }

  private Seating seating(String showId) {
    return new Seating(
        shows.get(showId).map(show -> show.value()).orElse(Show.getDefaultInstance()));
  }
}
