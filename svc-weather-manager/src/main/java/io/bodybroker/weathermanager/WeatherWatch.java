package io.bodybroker.weathermanager;

import com.google.protobuf.ByteString;
import io.bodybroker.sdk.rpc.ResponseWriter;
import io.bodybroker.sdk.store.Versioned;
import io.bodybroker.sdk.time.ProtoTimes;
import io.bodybroker.weathermanager.climate.NaturalWeather;
import io.bodybroker.weathermanager.state.v1.StoredZone;
import io.bodybroker.weathermanager.v1.WatchWeatherResponse;
import io.bodybroker.weathermanager.v1.ZoneWeather;
import java.time.Duration;
import java.time.InstantSource;
import java.util.UUID;

/**
 * Tells one reader of the weather of one zone whenever it is another. That follows from the zone's
 * document, which is followed, and from the world's clock, which is looked at every now and then.
 *
 * @param natural what the weather is where none is forced
 * @param clocks the worlds' clocks
 * @param time real time
 */
record WeatherWatch(NaturalWeather natural, WorldClocks clocks, InstantSource time) {
  private static final Duration SHORTEST_PAUSE = Duration.ofMillis(1);

  /**
   * Tells until the reader is gone.
   *
   * @param begin the zone as it is now
   * @param follower tells what it becomes
   * @param after the position of what the reader knows; empty if nothing
   */
  void run(
      Versioned<StoredZone> begin,
      LiveZones.Follower follower,
      String after,
      ResponseWriter<WatchWeatherResponse> responses)
      throws InterruptedException {
    var zone = begin;
    var told = after;
    while (true) {
      var clock = clocks.recent(zone.value().getWorldId());
      var weather = Zone.of(zone.value(), natural).weather(clock.at(time.instant()), clock);
      var position = position(zone.value(), weather);
      if (!position.equals(told)) {
        responses.send(
            WatchWeatherResponse.newBuilder().setWeather(weather).setPosition(position).build());
        told = position;
      }
      var next = follower.latest().poll(pause(weather)).orElse(zone);
      // The zone was read after it was followed, so what is told at first can be older.
      zone = next.version() > zone.version() ? next : zone;
    }
  }

  private Duration pause(ZoneWeather weather) {
    var left = Duration.between(time.instant(), ProtoTimes.instant(weather.getNextChange()));
    if (left.compareTo(SHORTEST_PAUSE) < 0) {
      return SHORTEST_PAUSE;
    }
    return left.compareTo(WorldClocks.FRESH) < 0 ? left : WorldClocks.FRESH;
  }

  /** The same for as long as nothing happens that is to be told, on any instance. */
  private static String position(StoredZone zone, ZoneWeather weather) {
    var lasting = weather.toBuilder().clearGameTime().clearTransition().clearCondition();
    lasting.getConditionBuilder().setType(weather.getCondition().getType());
    var forced = weather.getForced() ? zone.getForced().toByteString() : ByteString.EMPTY;
    var named = lasting.build().toByteString().concat(forced);
    return UUID.nameUUIDFromBytes(named.toByteArray()).toString();
  }
}
