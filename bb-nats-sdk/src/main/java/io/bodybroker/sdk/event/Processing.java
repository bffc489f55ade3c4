package io.bodybroker.sdk.event;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.bodybroker.sdk.deadletter.DeadLetters;
import io.bodybroker.sdk.telemetry.ConsumerTelemetry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ThreadLocalRandom;

/**
 * What all events of one consumer have in common: how they are read, handled, tried again and given
 * up. Thread-safe.
 *
 * @param <T> the event
 */
final class Processing<T extends Message> {
  private final ConsumerSpec<T> spec;
  private final EventHandler<T> handler;
  private final DeadLetters deadLetters;
  private final ConsumerTelemetry telemetry;
  private final InstantSource time;
  private final String service;
  private final String instance;
  private volatile boolean isStopped;

  Processing(
      ConsumerSpec<T> spec,
      EventHandler<T> handler,
      DeadLetters deadLetters,
      ConsumerTelemetry telemetry,
      InstantSource time,
      String service,
      String instance) {
    this.spec = spec;
    this.handler = handler;
    this.deadLetters = deadLetters;
    this.telemetry = telemetry;
    this.time = time;
    this.service = service;
    this.instance = instance;
  }

  ConsumerSpec<T> spec() {
    return spec;
  }

  EventHandler<T> handler() {
    return handler;
  }

  DeadLetters deadLetters() {
    return deadLetters;
  }

  ConsumerTelemetry telemetry() {
    return telemetry;
  }

  InstantSource time() {
    return time;
  }

  String service() {
    return service;
  }

  String instance() {
    return instance;
  }

  /** What waits for something other than a handler shall not wait any longer. */
  void stop() {
    isStopped = true;
  }

  boolean isStopped() {
    return isStopped;
  }

  @SuppressWarnings("unchecked") // a message's parser makes messages of its own type
  T parse(byte[] payload) throws InvalidProtocolBufferException {
    return (T) spec.event().getParserForType().parseFrom(payload);
  }

  /** How long an event rests after so many failed attempts: doubled each time, a random half. */
  Duration backoff(int attempts) {
    long doubled = spec.backoffMin().toNanos() << Math.min(attempts - 1, 20);
    long cap = Math.min(doubled, spec.backoffMax().toNanos());
    return Duration.ofNanos(cap / 2 + ThreadLocalRandom.current().nextLong(cap / 2 + 1));
  }
}
