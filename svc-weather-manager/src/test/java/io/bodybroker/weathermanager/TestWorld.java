package io.bodybroker.weathermanager;

import com.google.protobuf.Message;
import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.ErrorOrigin;
import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.sdk.rpc.CallContext;
import io.bodybroker.sdk.rpc.CallMetadata;
import io.bodybroker.sdk.rpc.CallOptions;
import io.bodybroker.sdk.rpc.ResponseStream;
import io.bodybroker.sdk.rpc.RpcCaller;
import io.bodybroker.sdk.rpc.RpcMethod;
import io.bodybroker.sdk.store.MemoryStores;
import io.bodybroker.sdk.store.Store;
import io.bodybroker.sdk.store.Versioned;
import io.bodybroker.sdk.testing.MovableTime;
import io.bodybroker.timemanager.v1.GetTimeRequest;
import io.bodybroker.timemanager.v1.GetTimeResponse;
import io.bodybroker.timemanager.v1.TimeManagerClient;
import io.bodybroker.timemanager.v1.WorldClock;
import io.bodybroker.timemanager.v1.WorldTime;
import io.bodybroker.weathermanager.climate.NaturalWeather;
import io.bodybroker.weathermanager.state.v1.StoredZone;
import io.bodybroker.weathermanager.v1.GetWeatherRequest;
import io.bodybroker.weathermanager.v1.WeatherChanged;
import io.bodybroker.weathermanager.v1.ZoneWeather;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * Weather-manager without servers: any number of instances over one store, one real time and one
 * world clock.
 */
final class TestWorld {
  static final String WORLD = "veridian";

  final MovableTime time = MovableTime.still();
  final Store<StoredZone> store = MemoryStores.open(StoredZone.getDefaultInstance());
  final TimeManager timeManager = new TimeManager();

  /** One instance: nothing in it is shared but what the world has. */
  final class Instance {
    final WorldClocks clocks = new WorldClocks(TimeManagerClient.on(timeManager), time);
    final WeatherManager service;
    private final NaturalWeather natural = new NaturalWeather();
    private final LiveZones live = new LiveZones();

    Instance() {
      store.watch("", live::tell);
      service = new WeatherManager(new Zones(store, natural), live, natural, clocks, time);
    }

    ZoneWeather weather(String zone) {
      return service.getWeather(request(zone), call()).getZones(0);
    }

    ZoneWeather weather(String zone, Instant at) {
      time.set(at);
      return weather(zone);
    }

    ChangeAnnouncer announcer() {
      return new ChangeAnnouncer(store, live, natural, clocks, time);
    }

    /** One that knows what is stored now and is told nothing more. */
    ChangeAnnouncer slowAnnouncer() {
      var now = new LiveZones();
      store.watch("", now::tell).close();
      return new ChangeAnnouncer(store, now, natural, clocks, time);
    }

    /** Runs once, knowing everything that is stored. */
    void announce() {
      announcer().run();
    }
  }

  /** The events that the store's feed makes of what is written from now on. */
  List<WeatherChanged> events() {
    var events = new ArrayList<WeatherChanged>();
    store.watch(
        "",
        change ->
            ChangeAnnouncer.FEED
                .eventsOf(change)
                .forEach(event -> events.add((WeatherChanged) event)));
    return events;
  }

  /** How many writes there have been: each gets the next version. */
  long writes() {
    return store.list("").stream().mapToLong(Versioned::version).max().orElse(0);
  }

  static GetWeatherRequest request(String zone) {
    return GetWeatherRequest.newBuilder().setWorldId(WORLD).setZoneId(zone).build();
  }

  static CallContext call() {
    return CallContext.of(CallMetadata.empty(), Duration.ofSeconds(10));
  }

  static CallContext call(String idempotencyKey) {
    return CallContext.of(
        CallMetadata.builder().idempotencyKey(idempotencyKey).build(), Duration.ofSeconds(10));
  }

  /** The other side of the call for the clock. */
  static final class TimeManager implements RpcCaller {
    private WorldClock clock = Clocks.usual();
    private boolean isAway;
    private Duration delay = Duration.ZERO;
    private int asked;

    void set(WorldClock value) {
      clock = value;
    }

    void away(boolean value) {
      isAway = value;
    }

    /** Answers only those that wait for so long. */
    void slow(Duration value) {
      delay = value;
    }

    int asked() {
      return asked;
    }

    @Override
    public <Q extends Message, R extends Message> R call(
        RpcMethod<Q, R> method, Q request, CallOptions options) {
      asked++;
      if (isAway) {
        throw ServiceException.builder(ErrorCode.UNAVAILABLE, "nobody serves it")
            .origin(ErrorOrigin.CLIENT)
            .mayHaveExecuted(false)
            .build();
      }
      if (options.timeout().isPresent() && options.timeout().get().compareTo(delay) < 0) {
        throw ServiceException.builder(ErrorCode.DEADLINE_EXCEEDED, "no answer in time")
            .origin(ErrorOrigin.CLIENT)
            .build();
      }
      var world = ((GetTimeRequest) request).getWorldId();
      Message answer =
          GetTimeResponse.newBuilder()
              .setNow(WorldTime.newBuilder().setWorldId(world).setClock(clock))
              .build();
      @SuppressWarnings("unchecked") // GetTime is the only method that is called
      R typed = (R) answer;
      return typed;
    }

    @Override
    public <Q extends Message, R extends Message> CompletableFuture<R> callAsync(
        RpcMethod<Q, R> method, Q request, CallOptions options) {
      return CompletableFuture.completedFuture(call(method, request, options));
    }

    @Override
    public <Q extends Message, R extends Message> ResponseStream<R> open(
        RpcMethod<Q, R> method, Q request, CallOptions options) {
      throw new AssertionError("time-manager streams nothing");
    }

    @Override
    public <Q extends Message, R extends Message> CompletableFuture<Void> openAsync(
        RpcMethod<Q, R> method, Q request, CallOptions options, Consumer<? super R> responses) {
      throw new AssertionError("time-manager streams nothing");
    }
  }
}
