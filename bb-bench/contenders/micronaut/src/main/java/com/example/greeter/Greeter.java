package com.example.greeter;

import com.google.protobuf.InvalidProtocolBufferException;
import io.bodybroker.bench.startup.v1.GreetRequest;
import io.bodybroker.bench.startup.v1.GreetResponse;
import io.micrometer.core.annotation.Timed;
import io.micronaut.nats.annotation.NatsListener;
import io.micronaut.nats.annotation.Subject;

/** Greets on NATS. */
@NatsListener
public class Greeter {
  @Subject(value = "svc.greeter.v1.greet", queue = "svc-greeter-workers")
  @Timed(value = "greeter.calls", extraTags = {"method", "greet"})
  byte[] greet(byte[] request) throws InvalidProtocolBufferException {
    String name = GreetRequest.parseFrom(request).getName();
    return GreetResponse.newBuilder().setGreeting("Hello, " + name + "!").build().toByteArray();
  }
}
