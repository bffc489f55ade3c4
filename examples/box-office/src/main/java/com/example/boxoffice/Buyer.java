package com.example.boxoffice;

import com.example.boxoffice.v1.BoxOfficeClient;
import com.example.boxoffice.v1.ReserveRequest;
import io.bodybroker.sdk.Bus;
import io.bodybroker.sdk.config.BusConfig;
import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.sdk.rpc.CallOptions;
import java.time.Duration;

/** A program that calls the service. */
public final class Buyer {
  private Buyer() {}

  /**
   * Reserves one seat.
   *
   * @param args show, seat and holder
   */
  public static void main(String[] args) throws InterruptedException {
    var request =
        ReserveRequest.newBuilder().setShowId(args[0]).setSeat(args[1]).setHolder(args[2]).build();
    try (var bus = Bus.connect(BusConfig.fromEnvironment())) {
      bus.awaitConnected(Duration.ofSeconds(5));
      var client = BoxOfficeClient.on(bus);
      var answer = client.reserve(request, CallOptions.timeout(Duration.ofSeconds(5)));
      System.out.println(
          answer.getReservation().getHolder() + " has " + answer.getReservation().getSeat());
    } catch (ServiceException e) {
      System.out.println(e.code() + ": " + e.message());
    }
  }
}
