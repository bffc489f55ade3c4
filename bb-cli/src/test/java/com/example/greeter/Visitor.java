package com.example.greeter;

import com.example.greeter.v1.GreetRequest;
import com.example.greeter.v1.GreeterClient;
import io.bodybroker.sdk.Bus;
import io.bodybroker.sdk.config.BusConfig;
import io.bodybroker.sdk.rpc.CallOptions;
import java.time.Duration;

/** A program that calls the service. */
public final class Visitor {
  private Visitor() {}

  /** Prints a greeting for each name. */
  public static void main(String[] names) throws InterruptedException {
    try (var bus = Bus.connect(BusConfig.fromEnvironment())) {
      bus.awaitConnected(Duration.ofSeconds(5));
      var greeter = GreeterClient.on(bus);
      for (String name : names) {
        var request = GreetRequest.newBuilder().setName(name).build();
        var answer = greeter.greet(request, CallOptions.timeout(Duration.ofSeconds(2)));
        System.out.println(answer.getGreeting());
      }
    }
  }
}
