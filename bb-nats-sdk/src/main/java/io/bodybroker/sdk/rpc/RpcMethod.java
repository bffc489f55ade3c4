package io.bodybroker.sdk.rpc;

import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Message;
import io.bodybroker.sdk.telemetry.Operation;
import java.util.Optional;

/**
 * One method of a contract, with everything that follows from its descriptor. Generated code holds
 * one constant for each.
 *
 * <p>Immutable.
 *
 * @param <Q> the request
 * @param <R> the response
 */
public final class RpcMethod<Q extends Message, R extends Message> {
  private final MethodDescriptor descriptor;
  private final Q requestDefault;
  private final R responseDefault;
  private final String service;
  private final String endpoint;
  private final String subject;
  private final Idempotency idempotency;
  private final boolean isServerStreaming;
  private final Optional<StreamResume> resume;
  private final Optional<MethodAccess> access;
  private final Optional<SessionCheck> sessionCheck;
  private final Redaction redaction;
  private final Operation operation;

  private RpcMethod(MethodDescriptor descriptor, Q requestDefault, R responseDefault) {
    requireType(descriptor, "request", descriptor.getInputType().getFullName(), requestDefault);
    requireType(descriptor, "response", descriptor.getOutputType().getFullName(), responseDefault);
    this.descriptor = descriptor;
    this.requestDefault = requestDefault;
    this.responseDefault = responseDefault;
    this.service = SubjectNames.service(descriptor.getService());
    this.endpoint = SubjectNames.endpoint(descriptor);
    this.subject = SubjectNames.subject(descriptor);
    this.idempotency = Idempotency.of(descriptor.getOptions().getIdempotencyLevel());
    this.isServerStreaming = descriptor.isServerStreaming();
    this.resume = StreamResume.of(descriptor);
    this.access = MethodAccess.of(descriptor);
    this.sessionCheck = SessionCheck.of(descriptor);
    this.redaction = Redaction.of(requestDefault);
    this.operation =
        new Operation(
            descriptor.getService().getFullName() + "/" + descriptor.getName(),
            service,
            SubjectNames.version(descriptor.getService()),
            descriptor.getName());
  }

  /**
   * A method that answers with one message.
   *
   * @throws IllegalArgumentException if the messages are not those of the descriptor, it streams,
   *     or its contract says what does not fit of access or sessions
   */
  public static <Q extends Message, R extends Message> RpcMethod<Q, R> unary(
      MethodDescriptor descriptor, Q requestDefault, R responseDefault) {
    if (descriptor.isClientStreaming() || descriptor.isServerStreaming()) {
      throw new IllegalArgumentException(descriptor.getFullName() + " streams (expected: unary)");
    }
    return new RpcMethod<>(descriptor, requestDefault, responseDefault);
  }

  /**
   * A method that answers with a stream of messages.
   *
   * @throws IllegalArgumentException if the messages are not those of the descriptor, it does not
   *     stream its responses alone, or the fields its contract names for resuming or access do not
   *     fit
   */
  public static <Q extends Message, R extends Message> RpcMethod<Q, R> serverStreaming(
      MethodDescriptor descriptor, Q requestDefault, R responseDefault) {
    if (descriptor.isClientStreaming() || !descriptor.isServerStreaming()) {
      throw new IllegalArgumentException(
          descriptor.getFullName() + " (expected: a method that streams its responses alone)");
    }
    return new RpcMethod<>(descriptor, requestDefault, responseDefault);
  }

  private static void requireType(
      MethodDescriptor method, String role, String expected, Message actual) {
    String name = actual.getDescriptorForType().getFullName();
    if (!name.equals(expected)) {
      throw new IllegalArgumentException(
          "%s of %s is %s (expected: %s)".formatted(role, method.getFullName(), name, expected));
    }
  }

  /** The protobuf descriptor. */
  public MethodDescriptor descriptor() {
    return descriptor;
  }

  /** The method's name in the contract, {@code GetWeather}. */
  public String name() {
    return descriptor.getName();
  }

  /** The service's name on the wire, {@code weather-manager}. */
  public String service() {
    return service;
  }

  /** The method's name on the wire, {@code get_weather}. */
  public String endpoint() {
    return endpoint;
  }

  /** The NATS subject, {@code svc.weather-manager.v1.get_weather}. */
  public String subject() {
    return subject;
  }

  /** What repeating a call means. */
  public Idempotency idempotency() {
    return idempotency;
  }

  /** Whether it answers with a stream of messages, not with one. */
  public boolean isServerStreaming() {
    return isServerStreaming;
  }

  /** How its stream goes on where it was broken off, if its contract says so. */
  public Optional<StreamResume> resume() {
    return resume;
  }

  /** Who may call it from outside, if its contract says so; else anybody may. */
  public Optional<MethodAccess> access() {
    return access;
  }

  /** How it tells whose a session token is, if its contract says that it does. */
  public Optional<SessionCheck> sessionCheck() {
    return sessionCheck;
  }

  /** The request with nothing set, to parse and to build from. */
  public Q requestDefault() {
    return requestDefault;
  }

  /** The response with nothing set, to parse and to build from. */
  public R responseDefault() {
    return responseDefault;
  }

  /** {@code bodybroker.weather_manager.v1.WeatherManager/GetWeather}, as telemetry names it. */
  public String fullName() {
    return operation.fullName();
  }

  void requireUnary() {
    if (isServerStreaming()) {
      throw new IllegalArgumentException(this + " streams (expected: a method with one response)");
    }
  }

  void requireServerStreaming() {
    if (!isServerStreaming()) {
      throw new IllegalArgumentException(this + " (expected: a method that streams)");
    }
  }

  /** What of a request is left where others can read it. */
  Redaction redaction() {
    return redaction;
  }

  Operation operation() {
    return operation;
  }

  @Override
  public String toString() {
    return fullName();
  }
}
