package io.bodybroker.bodybrokerintegration;

import com.google.protobuf.Message;
import io.bodybroker.common.v1.MoonPhase;
import io.bodybroker.eventbus.v1.PublishRequest;
import io.bodybroker.eventbus.v1.PublishResponse;
import io.bodybroker.payment.v1.CreditRequest;
import io.bodybroker.payment.v1.CreditResponse;
import io.bodybroker.payment.v1.Currency;
import io.bodybroker.payment.v1.DebitRequest;
import io.bodybroker.payment.v1.DebitResponse;
import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.ErrorOrigin;
import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.sdk.testing.MovableTime;
import io.bodybroker.timemanager.v1.GetTimeRequest;
import io.bodybroker.timemanager.v1.GetTimeResponse;
import io.bodybroker.worldstate.v1.DeleteEntityRequest;
import io.bodybroker.worldstate.v1.DeleteEntityResponse;
import io.bodybroker.worldstate.v1.GetEntityRequest;
import io.bodybroker.worldstate.v1.GetEntityResponse;
import io.bodybroker.worldstate.v1.UpdateEntityRequest;
import io.bodybroker.worldstate.v1.UpdateEntityResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * As much of the other services as deals need, kept as their contracts say: one wallet for each
 * player and currency, entities with versions, and the events of the bus. Any call can be made to
 * fail. Thread-safe.
 */
final class Realm {
  /** What is to happen to calls of one method. */
  enum Fault {
    /** Nobody serves it: nothing happens. */
    AWAY,
    /** It happens, and the answer does not come. */
    ANSWER_LOST,
    /** The server looks at it and says no, unless it remembers that it has done it. */
    REFUSED
  }

  private static final Instant EPOCH = Instant.parse("2026-11-23T12:00:00Z");
  private static final int SCALE = 60;

  private final MovableTime time;
  private final Map<String, Fault> faults = new HashMap<>();
  private final Map<String, Long> balances = new HashMap<>();
  private final Map<String, Message> remembered = new HashMap<>();
  private final Map<String, Long> versions = new HashMap<>();
  private final Map<String, Message> entities = new HashMap<>();
  private final Map<String, PublishRequest> published = new HashMap<>();
  private final List<String> calls = new ArrayList<>();
  private MoonPhase moon = MoonPhase.HALF;

  Realm(MovableTime time) {
    this.time = time;
  }

  synchronized void fault(String method, Fault fault) {
    faults.put(method, fault);
  }

  synchronized void heal() {
    faults.clear();
  }

  synchronized void moon(MoonPhase phase) {
    moon = phase;
  }

  synchronized long balance(String player, Currency currency) {
    return balances.getOrDefault(player + "/" + currency, 0L);
  }

  synchronized void spend(String player, Currency currency, long amount) {
    balances.merge(player + "/" + currency, -amount, Long::sum);
  }

  synchronized int deliveries() {
    return entities.size();
  }

  /** What all players can read: entities of the world and events of the bus. */
  synchronized String isPublic() {
    return entities.values() + "\n" + published.values();
  }

  synchronized int announced() {
    return published.size();
  }

  /** How often a method was called. */
  synchronized long calls(String method) {
    return calls.stream().filter(method::equals).count();
  }

  /** Answers a call to one of the services, by its method's name. */
  synchronized Message answer(String method, Message request, Optional<String> key) {
    calls.add(method);
    var fault = faults.get(method);
    if (fault == Fault.AWAY) {
      throw ServiceException.builder(ErrorCode.UNAVAILABLE, "nobody serves " + method)
          .origin(ErrorOrigin.CLIENT)
          .mayHaveExecuted(false)
          .build();
    }
    if (fault == Fault.REFUSED && !isRemembered(request, key)) {
      throw ServiceException.of(ErrorCode.FAILED_PRECONDITION, method + " is refused");
    }
    var answer = serve(request, key);
    if (fault == Fault.ANSWER_LOST) {
      throw ServiceException.builder(ErrorCode.DEADLINE_EXCEEDED, "no answer of " + method)
          .origin(ErrorOrigin.CLIENT)
          .build();
    }
    return answer;
  }

  /**
   * Payment and the bus know what they have done by its key or id, and say so whatever they think
   * of it now. The world knows a version only: it may refuse what it has done.
   */
  private boolean isRemembered(Message request, Optional<String> key) {
    return key.filter(remembered::containsKey).isPresent()
        || (request instanceof PublishRequest event && published.containsKey(event.getEventId()));
  }

  private Message serve(Message request, Optional<String> key) {
    return switch (request) {
      case GetTimeRequest asked -> time(asked.getWorldId());
      case CreditRequest credit -> once(key, () -> credit(credit));
      case DebitRequest debit -> once(key, () -> debit(debit));
      case UpdateEntityRequest update -> update(update);
      case GetEntityRequest get -> get(get.getWorldId() + "/" + get.getEntityId());
      case DeleteEntityRequest delete -> delete(delete.getWorldId() + "/" + delete.getEntityId());
      case PublishRequest publish -> publish(publish);
      default -> throw new AssertionError("nobody should call this: " + request);
    };
  }

  private GetTimeResponse time(String world) {
    long millis = Duration.between(EPOCH, time.instant()).toMillis() * SCALE;
    var answer = GetTimeResponse.newBuilder();
    answer
        .getNowBuilder()
        .setWorldId(world)
        .setGameTime(WorldNow.calendar(millis))
        .setMoonPhase(moon)
        .setTimeScale(SCALE);
    return answer.build();
  }

  private Message once(Optional<String> key, Supplier<Message> effect) {
    var earlier = remembered.get(key.orElseThrow());
    if (earlier != null) {
      return earlier;
    }
    var answer = effect.get();
    remembered.put(key.orElseThrow(), answer);
    return answer;
  }

  private Message credit(CreditRequest request) {
    var money = request.getMoney();
    balances.merge(request.getPlayerId() + "/" + money.getCurrency(), money.getAmount(), Long::sum);
    return CreditResponse.getDefaultInstance();
  }

  private Message debit(DebitRequest request) {
    var money = request.getMoney();
    if (balance(request.getPlayerId(), money.getCurrency()) < money.getAmount()) {
      throw ServiceException.of(ErrorCode.FAILED_PRECONDITION, "the balance is too low");
    }
    spend(request.getPlayerId(), money.getCurrency(), money.getAmount());
    return DebitResponse.getDefaultInstance();
  }

  private Message update(UpdateEntityRequest request) {
    var id = request.getWorldId() + "/" + request.getEntityId();
    if (versions.getOrDefault(id, 0L) != request.getUpdate().getExpectedVersion()) {
      throw ServiceException.of(ErrorCode.ABORTED, "another version");
    }
    versions.merge(id, 1L, Long::sum);
    entities.put(id, request);
    return UpdateEntityResponse.getDefaultInstance();
  }

  private Message get(String id) {
    if (!entities.containsKey(id)) {
      throw ServiceException.notFound("entity", id);
    }
    return GetEntityResponse.getDefaultInstance();
  }

  private Message delete(String id) {
    if (entities.remove(id) == null) {
      throw ServiceException.notFound("entity", id);
    }
    versions.merge(id, 1L, Long::sum);
    return DeleteEntityResponse.getDefaultInstance();
  }

  private Message publish(PublishRequest request) {
    var earlier = published.putIfAbsent(request.getEventId(), request);
    if (earlier != null && !earlier.equals(request)) {
      throw ServiceException.of(ErrorCode.ALREADY_EXISTS, "another event under the same id");
    }
    return PublishResponse.getDefaultInstance();
  }
}
