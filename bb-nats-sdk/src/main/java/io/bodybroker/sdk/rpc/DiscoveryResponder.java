package io.bodybroker.sdk.rpc;

import static io.nats.client.support.JsonValueUtils.arrayBuilder;
import static io.nats.client.support.JsonValueUtils.mapBuilder;

import io.nats.client.Connection;
import io.nats.client.Dispatcher;
import io.nats.client.Message;
import io.nats.client.NUID;
import io.nats.client.support.JsonValue;
import io.nats.client.support.JsonValueUtils;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Answers {@code $SRV.PING}, {@code $SRV.INFO} and {@code $SRV.STATS} for one instance of one
 * contract, as NATS ADR-32 says, so that {@code nats micro}, the gateway and {@code bb services}
 * find it.
 */
final class DiscoveryResponder {
  private static final String TYPE_PREFIX = "io.nats.micro.v1.";

  private final String id = NUID.nextGlobal();
  private final Instant started = Instant.now().truncatedTo(ChronoUnit.MILLIS);
  private final ServiceContract contract;
  private final List<ServedMethod<?, ?>> methods;
  private final String instance;
  private volatile @Nullable Connection connection;
  private volatile @Nullable Dispatcher dispatcher;

  DiscoveryResponder(
      ServiceContract contract,
      List<ServedMethod<?, ?>> methods,
      RpcServer.Environment environment) {
    this.contract = contract;
    this.methods = methods;
    this.instance = environment.config().instance();
  }

  void subscribe(Connection fresh) {
    Dispatcher answers = fresh.createDispatcher();
    subscribe(answers, "PING", this::ping);
    subscribe(answers, "INFO", this::info);
    subscribe(answers, "STATS", this::stats);
    connection = fresh;
    dispatcher = answers;
  }

  private void subscribe(
      Dispatcher answers, String verb, Supplier<JsonValueUtils.MapBuilder> answer) {
    String all = "$SRV." + verb;
    String named = all + "." + contract.name();
    for (String subject : List.of(all, named, named + "." + id)) {
      answers.subscribe(subject, request -> reply(request, answer.get()));
    }
  }

  private void reply(Message request, JsonValueUtils.MapBuilder answer) {
    Connection present = connection;
    if (request.getReplyTo() != null && present != null) {
      present.publish(
          request.getReplyTo(), answer.toJsonValue().toJson().getBytes(StandardCharsets.UTF_8));
    }
  }

  private JsonValueUtils.MapBuilder ping() {
    return identity("ping_response");
  }

  private JsonValueUtils.MapBuilder info() {
    var endpoints = arrayBuilder();
    for (ServedMethod<?, ?> served : methods) {
      endpoints.add(
          endpoint(served)
              .put("metadata", mapBuilder().put("method", served.method().fullName()).toJsonValue())
              .toJsonValue());
    }
    return identity("info_response")
        .put("description", contract.descriptor().getFullName())
        .put("endpoints", endpoints.toJsonValue());
  }

  private JsonValueUtils.MapBuilder stats() {
    var endpoints = arrayBuilder();
    for (ServedMethod<?, ?> served : methods) {
      endpoints.add(stats(served));
    }
    return identity("stats_response")
        .put("started", started.toString())
        .put("endpoints", endpoints.toJsonValue());
  }

  private JsonValue stats(ServedMethod<?, ?> served) {
    EndpointStats stats = served.stats();
    long requests = stats.requests();
    long nanos = stats.processingNanos();
    return endpoint(served)
        .put("num_requests", requests)
        .put("num_errors", stats.errors())
        .put("last_error", stats.lastError())
        .put("processing_time", nanos)
        .put("average_processing_time", requests == 0 ? 0 : nanos / requests)
        .put(
            "data",
            mapBuilder()
                .put("in_flight", served.inFlight())
                .put("shed", stats.shedCount())
                .toJsonValue())
        .toJsonValue();
  }

  private JsonValueUtils.MapBuilder endpoint(ServedMethod<?, ?> served) {
    return mapBuilder()
        .put("name", served.method().endpoint())
        .put("subject", served.method().subject())
        .put("queue_group", contract.queueGroup());
  }

  private JsonValueUtils.MapBuilder identity(String type) {
    return mapBuilder()
        .put("type", TYPE_PREFIX + type)
        .put("name", contract.name())
        .put("id", id)
        .put("version", contract.version().substring(1) + ".0.0")
        .put("metadata", mapBuilder().put("instance", instance).toJsonValue());
  }

  void stop() {
    Dispatcher present = dispatcher;
    Connection over = connection;
    if (present != null && over != null && present.isActive()) {
      over.closeDispatcher(present);
    }
  }
}
