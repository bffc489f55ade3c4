package io.bodybroker.sdk.rpc;

import static io.nats.client.support.JsonValueUtils.readLong;
import static io.nats.client.support.JsonValueUtils.readString;
import static io.nats.client.support.JsonValueUtils.readStringStringMap;
import static io.nats.client.support.JsonValueUtils.readValue;

import io.bodybroker.sdk.connection.SupervisedConnection;
import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.ErrorOrigin;
import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.sdk.rpc.ServiceInstance.EndpointStatus;
import io.nats.client.Connection;
import io.nats.client.Message;
import io.nats.client.Subscription;
import io.nats.client.support.JsonParseException;
import io.nats.client.support.JsonParser;
import io.nats.client.support.JsonValue;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds running services by asking them (NATS ADR-32). Unlike jnats' own discovery it has no
 * greatest number of answers: it listens until the time is up. Thread-safe.
 */
public final class Discovery {
  private static final Logger LOG = System.getLogger(Discovery.class.getName());
  private static final int NO_RESPONDERS = 503;

  private final SupervisedConnection connection;

  /** Asks over a connection of the {@code CALL} role, which its owner closes. */
  public Discovery(SupervisedConnection connection) {
    this.connection = connection;
  }

  /**
   * Every instance of every service that answers within the time, by service and instance.
   *
   * @throws ServiceException {@code UNAVAILABLE} if no connection is up
   */
  public List<ServiceInstance> findAll(Duration listenFor) {
    return ask("$SRV.STATS", listenFor, Integer.MAX_VALUE).stream()
        .map(Discovery::read)
        .flatMap(Optional::stream)
        .sorted(
            Comparator.comparing(ServiceInstance::service).thenComparing(ServiceInstance::instance))
        .toList();
  }

  /**
   * Whether an instance of a service answers within the time; returns with the first answer.
   *
   * @throws ServiceException {@code UNAVAILABLE} if no connection is up
   */
  public boolean answers(String service, Duration timeout) {
    return !ask("$SRV.PING." + service, timeout, 1).isEmpty();
  }

  private List<Message> ask(String subject, Duration listenFor, int most) {
    Connection up = connection.require();
    try {
      String inbox = up.createInbox();
      Subscription subscription = up.subscribe(inbox);
      try {
        up.publish(subject, inbox, null);
        return collect(subscription, System.nanoTime() + listenFor.toNanos(), most);
      } finally {
        unsubscribe(subscription);
      }
    } catch (IllegalStateException e) {
      throw connection.unavailable("connection to NATS lost while looking for services", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw ServiceException.builder(ErrorCode.CANCELLED, "interrupted while looking for services")
          .origin(ErrorOrigin.CLIENT)
          .build();
    }
  }

  private static List<Message> collect(Subscription subscription, long deadline, int most)
      throws InterruptedException {
    var answers = new ArrayList<Message>();
    long left = deadline - System.nanoTime();
    while (left > 0 && answers.size() < most) {
      Message answer = subscription.nextMessage(Duration.ofNanos(left));
      if (answer == null || isNobody(answer)) {
        break;
      }
      answers.add(answer);
      left = deadline - System.nanoTime();
    }
    return answers;
  }

  private static boolean isNobody(Message answer) {
    return answer.isStatusMessage() && answer.getStatus().getCode() == NO_RESPONDERS;
  }

  private static void unsubscribe(Subscription subscription) {
    if (subscription.isActive()) {
      subscription.unsubscribe();
    }
  }

  /** Somebody else's answer may be anything; what cannot be read is left out. */
  private static Optional<ServiceInstance> read(Message answer) {
    try {
      JsonValue json = JsonParser.parse(answer.getData());
      Map<String, String> metadata = readStringStringMap(json, "metadata");
      return Optional.of(
          new ServiceInstance(
              text(json, "name"),
              text(json, "id"),
              text(json, "version"),
              metadata == null ? "" : metadata.getOrDefault("instance", ""),
              Instant.parse(text(json, "started")),
              endpoints(readValue(json, "endpoints"))));
    } catch (JsonParseException | DateTimeException e) {
      LOG.log(Level.DEBUG, "an answer to $SRV.STATS that cannot be read", e);
      return Optional.empty();
    }
  }

  private static List<EndpointStatus> endpoints(@Nullable JsonValue array) {
    if (array == null || array.array == null) {
      return List.of();
    }
    return array.array.stream().map(Discovery::endpoint).toList();
  }

  private static EndpointStatus endpoint(JsonValue json) {
    return new EndpointStatus(
        text(json, "name"),
        text(json, "subject"),
        readLong(json, "num_requests", 0),
        readLong(json, "num_errors", 0),
        text(json, "last_error"),
        Duration.ofNanos(readLong(json, "average_processing_time", 0)));
  }

  private static String text(JsonValue json, String key) {
    String value = readString(json, key);
    return value == null ? "" : value;
  }
}
