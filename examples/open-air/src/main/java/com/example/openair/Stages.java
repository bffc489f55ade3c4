package com.example.openair;

import com.example.openair.v1.Stage;
import com.example.openair.v1.StageChanged;
import io.bodybroker.sdk.event.Delivery;
import io.bodybroker.sdk.event.FeedSpec;
import io.bodybroker.sdk.idempotency.IdempotentEvent;
import io.bodybroker.sdk.store.Change;
import io.bodybroker.sdk.store.Store;
import io.bodybroker.weathermanager.v1.WeatherChanged;
import io.bodybroker.weathermanager.v1.WeatherType;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Rain closes a stage, and better weather opens it again.
 *
 * <p>An event may come again; that it had its effect is written with the effect. It may also come
 * after one that is newer, because several are handled at once; the weather's sequence tells.
 */
final class Stages {
  /** A revision that opens or closes a stage is the event of it; any other is none. */
  static final FeedSpec<Stage> FEED =
      new FeedSpec<>(List.of(StageChanged.getDefaultInstance()), Stages::event);

  private final Store<Stage> stages;
  private final InstantSource time;

  Stages(Store<Stage> stages, InstantSource time) {
    this.stages = stages;
    this.time = time;
  }

  /** Handles a change of a zone's weather. */
  void follow(WeatherChanged weather, Delivery delivery) {
    var once = IdempotentEvent.of(delivery);
    stages.update(
        weather.getWorldId() + "/" + weather.getZoneId(),
        old -> {
          var stage = old.orElse(Stage.getDefaultInstance());
          boolean isOld = weather.getSequence() <= stage.getWeatherSequence();
          if (isOld || once.isApplied(stage.getApplied())) {
            return stage;
          }
          return after(stage, weather).toBuilder()
              .setApplied(once.remember(stage.getApplied(), time.instant()))
              .build();
        });
  }

  /** The stage after a change of weather. */
  static Stage after(Stage stage, WeatherChanged weather) {
    boolean isDry = isDry(weather.getNewType());
    boolean hasChanged = isDry != stage.getIsOpen();
    return stage.toBuilder()
        .setIsOpen(isDry)
        .setHasChanged(hasChanged)
        .setWeather(weather.getNewType())
        .setWeatherSequence(weather.getSequence())
        .setClosings(stage.getClosings() + (hasChanged && !isDry ? 1 : 0))
        .build();
  }

  private static boolean isDry(WeatherType weather) {
    return switch (weather) {
      case CLEAR, PARTLY_CLOUDY, CLOUDY, MIST, WINDY -> true;
      case RAIN, HEAVY_RAIN, STORM, SNOW, HEAVY_SNOW, BLIZZARD, FOG -> false;
      case EXTREME_HEAT, EXTREME_COLD, WEATHER_TYPE_UNSPECIFIED, UNRECOGNIZED -> false;
    };
  }

  private static Optional<StageChanged> event(Change<Stage> change) {
    return switch (change) {
      case Change.Put<Stage> put when put.value().getHasChanged() ->
          Optional.of(
              StageChanged.newBuilder()
                  .setStage(put.key())
                  .setIsOpen(put.value().getIsOpen())
                  .setWeather(put.value().getWeather())
                  .setClosings(put.value().getClosings())
                  .build());
      case Change.Put<Stage> put -> Optional.empty();
      case Change.Deleted<Stage> deleted -> Optional.empty();
    };
  }
}
