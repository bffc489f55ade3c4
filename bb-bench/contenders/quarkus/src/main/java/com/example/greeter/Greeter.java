package com.example.greeter;

import com.google.protobuf.InvalidProtocolBufferException;
import io.bodybroker.bench.startup.v1.GreetRequest;
import io.bodybroker.bench.startup.v1.GreetResponse;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.nats.client.Connection;
import io.nats.client.Dispatcher;
import io.nats.client.Message;
import io.nats.client.Nats;
import io.nats.client.Options;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Greets on NATS. Ready once the server knows its subscription. */
@ApplicationScoped
@Readiness
public class Greeter implements HealthCheck {
  private static final Duration BOUND = Duration.ofSeconds(10);

  private final String url;
  private final Timer timer;
  private final Counter malformed;
  private volatile Connection connection;
  private volatile boolean isSubscribed;

  Greeter(@ConfigProperty(name = "nats.url") String url, MeterRegistry registry) {
    this.url = url;
    this.timer = registry.timer("greeter.calls", "method", "greet");
    this.malformed = registry.counter("greeter.malformed");
  }

  void start(@Observes StartupEvent event)
      throws IOException, InterruptedException, TimeoutException {
    connection =
        Nats.connect(
            Options.builder().server(url).connectionName("greeter").maxReconnects(-1).build());
    Dispatcher dispatcher = connection.createDispatcher();
    dispatcher.subscribe("svc.greeter.v1.greet", "svc-greeter-workers", this::answer);
    connection.flush(BOUND);
    isSubscribed = true;
  }

  void stop(@Observes ShutdownEvent event) throws InterruptedException, TimeoutException {
    isSubscribed = false;
    connection.drain(BOUND);
  }

  private void answer(Message message) {
    timer.record(() -> greet(message));
  }

  private void greet(Message message) {
    try {
      String name = GreetRequest.parseFrom(message.getData()).getName();
      var response = GreetResponse.newBuilder().setGreeting("Hello, " + name + "!").build();
      connection.publish(message.getReplyTo(), response.toByteArray());
    } catch (InvalidProtocolBufferException e) {
      malformed.increment();
    }
  }

  @Override
  public HealthCheckResponse call() {
    boolean isUp = isSubscribed && connection.getStatus() == Connection.Status.CONNECTED;
    return HealthCheckResponse.named("nats").status(isUp).build();
  }
}
