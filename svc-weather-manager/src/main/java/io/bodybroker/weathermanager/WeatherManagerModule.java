package io.bodybroker.weathermanager;

import io.bodybroker.sdk.host.ServiceContext;
import io.bodybroker.sdk.host.ServiceModule;
import io.bodybroker.streams.GameConsumers;
import io.bodybroker.timemanager.v1.TimeManagerClient;
import io.bodybroker.weathermanager.climate.NaturalWeather;
import io.bodybroker.weathermanager.state.v1.StoredZone;

/** Wires weather-manager: one document a zone, and the clock of the time-manager. */
public final class WeatherManagerModule implements ServiceModule {
  @Override
  public void configure(ServiceContext context) {
    var store =
        context.durableStore("weather", StoredZone.getDefaultInstance(), ChangeAnnouncer.FEED);
    var natural = new NaturalWeather();
    var clocks = new WorldClocks(TimeManagerClient.on(context.caller()), context.clock());
    var zones = new Zones(store, natural);
    var live = new LiveZones();
    store.watch("", live::tell);
    context.serve(new WeatherManager(zones, live, natural, clocks, context.clock()));

    var announcer = new ChangeAnnouncer(store, live, natural, clocks, context.clock());
    context.repeat("announce-changes", ChangeAnnouncer.PAUSE, announcer);
    context.consume(
        GameConsumers.WEATHER_HOURS, (hour, delivery) -> announcer.look(hour.getWorldId()));
    context.consume(
        GameConsumers.WEATHER_DAYS, (day, delivery) -> announcer.forget(day.getWorldId()));
  }
}
