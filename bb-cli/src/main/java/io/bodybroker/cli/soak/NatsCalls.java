package io.bodybroker.cli.soak;

import com.google.protobuf.Duration;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import io.bodybroker.auth.v1.AuthClient;
import io.bodybroker.auth.v1.CreateSessionRequest;
import io.bodybroker.auth.v1.GrantRoleRequest;
import io.bodybroker.auth.v1.Role;
import io.bodybroker.sdk.Bus;
import io.bodybroker.sdk.config.BusConfig;
import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.sdk.rpc.CallOptions;
import io.bodybroker.statemanager.v1.GetStateRequest;
import io.bodybroker.statemanager.v1.IncrementCounterRequest;
import io.bodybroker.statemanager.v1.StateManagerClient;
import io.bodybroker.statemanager.v1.UpdateMode;
import io.bodybroker.statemanager.v1.UpdateStateRequest;
import io.bodybroker.testkit.Await;
import io.bodybroker.weathermanager.v1.GetWeatherRequest;
import io.bodybroker.weathermanager.v1.SetWeatherRequest;
import io.bodybroker.weathermanager.v1.WeatherManagerClient;
import io.bodybroker.weathermanager.v1.WeatherType;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;

/**
 * Calls as a program makes them: over NATS, with the SDK as it is configured by default.
 * Thread-safe.
 */
final class NatsCalls implements AutoCloseable {
  /**
   * Longer than the default, for a machine on which everything runs at once and processes start.
   */
  static final java.time.Duration TIMEOUT = java.time.Duration.ofSeconds(5);

  /** Each is asked for again after a second, so that time-manager is asked as well. */
  private static final int WORLDS = 50;

  /** So many intensities weather can have that answers tell apart. */
  static final int INTENSITIES = 1000;

  private final Bus bus;
  private final StateManagerClient states;
  private final WeatherManagerClient weather;
  private final String run;
  private final Increments increments;

  private NatsCalls(Bus bus, String run, Increments increments) {
    this.bus = bus;
    this.states = StateManagerClient.on(bus).withOptions(CallOptions.timeout(TIMEOUT));
    this.weather = WeatherManagerClient.on(bus).withOptions(CallOptions.timeout(TIMEOUT));
    this.run = run;
    this.increments = increments;
  }

  /**
   * Connects.
   *
   * @param run a name that no other soak has
   */
  static NatsCalls connect(String natsUrl, String run, Increments increments) {
    var config = BusConfig.builder().name("bb-soak").natsUrls(List.of(natsUrl)).build();
    return new NatsCalls(Bus.connect(config), run, increments);
  }

  /**
   * The token of a session that may write through the gateway.
   *
   * @param patience how long auth may take to be there
   */
  String session(java.time.Duration patience) {
    var token = new AtomicReference<String>();
    Await.until(
        patience,
        "auth to begin a session",
        () -> {
          token.set(begunSession());
          return true;
        });
    return token.get();
  }

  private String begunSession() {
    var auth = AuthClient.on(bus).withOptions(CallOptions.timeout(TIMEOUT));
    String name = run + "-service";
    auth.grantRole(GrantRoleRequest.newBuilder().setPlayerId(name).setRole(Role.SERVICE).build());
    return auth.createSession(CreateSessionRequest.newBuilder().setPlayerId(name).build())
        .getToken();
  }

  /** Reads a document, which is there once {@link #update} has been called. Idempotent. */
  Traffic read() {
    var request = GetStateRequest.newBuilder().setEntityId(document()).build();
    return traffic("nats read", number -> states.getState(request));
  }

  /** Asks for the weather, for which weather-manager asks time-manager. Idempotent. */
  Traffic weather() {
    return traffic(
        "nats weather",
        number ->
            weather.getWeather(
                GetWeatherRequest.newBuilder().setWorldId(world(run, number)).build()));
  }

  static String world(String run, long number) {
    return run + "-w" + number % WORLDS;
  }

  /** Adds to a number, which must not be repeated. */
  Traffic increment() {
    return traffic("nats increment", number -> increment(increments.next()));
  }

  /** The same, all in one document: each waits for the others, so many at once take long. */
  Traffic contend(String document) {
    return traffic("nats contend", number -> increment(increments.contested(document)));
  }

  private void increment(Increments.Target target) {
    states.incrementCounter(
        IncrementCounterRequest.newBuilder()
            .setEntityId(target.document())
            .setPath(target.path())
            .setBy(1)
            .build());
    increments.answered(target);
  }

  /** Sets the weather of one zone: it asks time-manager, and those at once wait for each other. */
  Traffic force() {
    return traffic("nats force", number -> force(run + "-burst", 1));
  }

  /** Forces weather whose intensity tells it from others, in turn. */
  void force(String world, long number) {
    weather.setWeather(
        SetWeatherRequest.newBuilder()
            .setWorldId(world)
            .setZoneId("default")
            .setType(WeatherType.RAIN)
            .setIntensity((double) (number % INTENSITIES) / INTENSITIES)
            .setTransition(Duration.getDefaultInstance())
            .build());
  }

  /** Writes the document that is read and watched; returns its version. */
  long update(long number) {
    var state =
        Struct.newBuilder()
            .putFields("n", Value.newBuilder().setNumberValue((double) number).build());
    return states
        .updateState(
            UpdateStateRequest.newBuilder()
                .setEntityId(document())
                .setMode(UpdateMode.REPLACE)
                .setState(state)
                .build())
        .getVersion();
  }

  /** The entity that is read and watched. */
  String document() {
    return run + "-watched";
  }

  /** The world whose weather is watched. */
  String sky() {
    return run + "-sky";
  }

  StateManagerClient states() {
    return states;
  }

  WeatherManagerClient weathers() {
    return weather;
  }

  /** The numbers stored in a document; none if there is none. */
  Map<String, Long> numbers(String document) {
    try {
      var answer = states.getState(GetStateRequest.newBuilder().setEntityId(document).build());
      return answer.getState().getFieldsMap().entrySet().stream()
          .collect(
              Collectors.toMap(
                  Map.Entry::getKey, field -> (long) field.getValue().getNumberValue()));
    } catch (ServiceException e) {
      if (e.code() == io.bodybroker.sdk.error.ErrorCode.NOT_FOUND) {
        return Map.of();
      }
      throw e;
    }
  }

  /** A call that fails as those of the SDK do. */
  static Traffic traffic(String name, java.util.function.LongConsumer call) {
    return new Traffic(
        name,
        number -> {
          try {
            call.accept(number);
          } catch (ServiceException e) {
            throw new CallFailure(e.code().name(), e);
          }
        });
  }

  @Override
  public void close() {
    bus.close();
  }
}
