package io.bodybroker.weathermanager;

import io.bodybroker.sdk.idempotency.IdempotentCall;
import io.bodybroker.sdk.rpc.CallContext;
import io.bodybroker.sdk.rpc.ResponseWriter;
import io.bodybroker.weathermanager.climate.GameMoment;
import io.bodybroker.weathermanager.climate.NaturalWeather;
import io.bodybroker.weathermanager.state.v1.StoredZone;
import io.bodybroker.weathermanager.v1.ClearWeatherRequest;
import io.bodybroker.weathermanager.v1.ClearWeatherResponse;
import io.bodybroker.weathermanager.v1.ConfigureZoneRequest;
import io.bodybroker.weathermanager.v1.ConfigureZoneResponse;
import io.bodybroker.weathermanager.v1.ForecastRequest;
import io.bodybroker.weathermanager.v1.ForecastResponse;
import io.bodybroker.weathermanager.v1.GetWeatherRequest;
import io.bodybroker.weathermanager.v1.GetWeatherResponse;
import io.bodybroker.weathermanager.v1.ListZonesRequest;
import io.bodybroker.weathermanager.v1.ListZonesResponse;
import io.bodybroker.weathermanager.v1.SetWeatherRequest;
import io.bodybroker.weathermanager.v1.SetWeatherResponse;
import io.bodybroker.weathermanager.v1.WatchWeatherRequest;
import io.bodybroker.weathermanager.v1.WatchWeatherResponse;
import io.bodybroker.weathermanager.v1.WeatherManagerService;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Answers what the weather is, was set to and will be. All of it follows from a zone's document and
 * the game time, so reading writes nothing and every instance answers alike.
 */
public final class WeatherManager implements WeatherManagerService {
  /** How many calls a zone remembers. */
  static final int CALLS_KEPT = 16;

  private static final int USUAL_FORECAST_HOURS = 24;

  private final Zones zones;
  private final LiveZones live;
  private final NaturalWeather natural;
  private final WorldClocks clocks;
  private final InstantSource time;

  WeatherManager(
      Zones zones, LiveZones live, NaturalWeather natural, WorldClocks clocks, InstantSource time) {
    this.zones = zones;
    this.live = live;
    this.natural = natural;
    this.clocks = clocks;
    this.time = time;
  }

  @Override
  public GetWeatherResponse getWeather(GetWeatherRequest request, CallContext call) {
    var clock = clocks.recent(request.getWorldId());
    var now = clock.at(time.instant());
    var asked =
        request.getZoneId().isEmpty()
            ? zones.all(request.getWorldId())
            : List.of(zones.get(request.getWorldId(), request.getZoneId()));
    var answer = GetWeatherResponse.newBuilder();
    asked.forEach(zone -> answer.addZones(zone.weather(now, clock)));
    return answer.build();
  }

  @Override
  public void watchWeather(
      WatchWeatherRequest request, CallContext call, ResponseWriter<WatchWeatherResponse> responses)
      throws InterruptedException {
    var name = request.getZoneId().isEmpty() ? Zones.DEFAULT : request.getZoneId();
    try (var follower = live.follow(Zones.key(request.getWorldId(), name))) {
      var zone = zones.current(request.getWorldId(), name);
      new WeatherWatch(natural, clocks, time).run(zone, follower, request.getAfter(), responses);
    }
  }

  @Override
  public ForecastResponse forecast(ForecastRequest request, CallContext call) {
    var clock = clocks.recent(request.getWorldId());
    var now = clock.at(time.instant()).wholeSecond();
    var name = request.getZoneId().isEmpty() ? Zones.DEFAULT : request.getZoneId();
    var zone = zones.get(request.getWorldId(), name);
    var answer = ForecastResponse.newBuilder().setWorldId(request.getWorldId()).setZoneId(name);
    int hours = request.hasHours() ? request.getHours() : USUAL_FORECAST_HOURS;
    for (int hour = 1; hour <= hours; hour++) {
      answer.addHours(zone.foretell(now, hour, clock));
    }
    return answer.build();
  }

  @Override
  public SetWeatherResponse setWeather(SetWeatherRequest request, CallContext call) {
    var forcing = Forcing.of(request);
    var clock = clocks.current(request.getWorldId());
    var now = clock.at(time.instant()).wholeSecond();
    var once = IdempotentCall.of(call, request);
    var zone =
        zones.change(
            request.getWorldId(),
            request.getZoneId(),
            now,
            old -> {
              if (earlierAnswer(once, old).isPresent()) {
                return old;
              }
              var forced = force(old, forcing, now);
              var answer = answer(forced, now, clock);
              var calls = once.remember(old.getAppliedCalls(), answer, CALLS_KEPT);
              return forced.toBuilder().setAppliedCalls(calls).build();
            });
    return earlierAnswer(once, zone.state()).orElseGet(() -> answer(zone.state(), now, clock));
  }

  private static Optional<SetWeatherResponse> earlierAnswer(IdempotentCall call, StoredZone zone) {
    return call.answer(zone.getAppliedCalls(), SetWeatherResponse.getDefaultInstance());
  }

  private StoredZone force(StoredZone old, Forcing forcing, GameMoment now) {
    var forced = forcing.from(now, Zone.of(old, natural).line());
    return old.toBuilder().setForced(Wire.stored(forced)).build();
  }

  private SetWeatherResponse answer(StoredZone zone, GameMoment now, GameClock clock) {
    return SetWeatherResponse.newBuilder()
        .setWeather(Zone.of(zone, natural).weather(now, clock))
        .build();
  }

  @Override
  public ClearWeatherResponse clearWeather(ClearWeatherRequest request, CallContext call) {
    var clock = clocks.current(request.getWorldId());
    var now = clock.at(time.instant()).wholeSecond();
    var zone = zones.get(request.getWorldId(), request.getZoneId());
    if (!cleared(zone.state(), now).equals(zone.state())) {
      zone =
          zones.change(
              request.getWorldId(), request.getZoneId(), now, state -> cleared(state, now));
    }
    return ClearWeatherResponse.newBuilder().setWeather(zone.weather(now, clock)).build();
  }

  /** The same state if nothing is forced now, nor later because the clock was set back. */
  private static StoredZone cleared(StoredZone state, GameMoment now) {
    if (!state.hasForced()) {
      return state;
    }
    var forced = Wire.forced(state.getForced());
    if (now.isBefore(forced.from())) {
      return state.toBuilder().clearForced().build();
    }
    return now.isBefore(forced.until())
        ? state.toBuilder().setForced(Wire.stored(forced.endedAt(now))).build()
        : state;
  }

  @Override
  public ConfigureZoneResponse configureZone(ConfigureZoneRequest request, CallContext call) {
    var now = clocks.current(request.getWorldId()).at(time.instant());
    var zone =
        zones.change(
            request.getWorldId(), request.getZoneId(), now, state -> seeded(state, request));
    return ConfigureZoneResponse.newBuilder().setZone(zone.listed()).build();
  }

  /** The same state if it has this seed already, so that asking again writes nothing. */
  private static StoredZone seeded(StoredZone state, ConfigureZoneRequest request) {
    return request.hasSeed() && request.getSeed() != state.getSeed()
        ? state.toBuilder().setSeed(request.getSeed()).build()
        : state;
  }

  @Override
  public ListZonesResponse listZones(ListZonesRequest request, CallContext call) {
    var answer = ListZonesResponse.newBuilder();
    zones.all(request.getWorldId()).forEach(zone -> answer.addZones(zone.listed()));
    return answer.build();
  }
}
