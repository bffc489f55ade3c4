package com.example.openair;

import com.example.openair.v1.Attendance;
import com.example.openair.v1.Stage;
import io.bodybroker.sdk.event.ConsumerSpec;
import io.bodybroker.sdk.host.ServiceContext;
import io.bodybroker.sdk.host.ServiceModule;
import io.bodybroker.statemanager.v1.EntityStateUpdated;
import io.bodybroker.statemanager.v1.PlayerStateUpdated;
import io.bodybroker.statemanager.v1.StateManagerClient;
import io.bodybroker.weathermanager.v1.WeatherChanged;

/** Wires the stages: three consumers, two stores, and a feed of one of them. */
public final class OpenAirModule implements ServiceModule {
  private static final ConsumerSpec<WeatherChanged> WEATHER =
      ConsumerSpec.builder("open-air-weather", WeatherChanged.getDefaultInstance()).build();
  private static final ConsumerSpec<PlayerStateUpdated> PLAYERS =
      ConsumerSpec.builder("open-air-players", PlayerStateUpdated.getDefaultInstance()).build();
  private static final ConsumerSpec<EntityStateUpdated> ENTITIES =
      ConsumerSpec.builder("open-air-entities", EntityStateUpdated.getDefaultInstance()).build();

  @Override
  public void configure(ServiceContext context) {
    var stages =
        new Stages(
            context.durableStore("open-air-stages", Stage.getDefaultInstance(), Stages.FEED),
            context.clock());
    var audience =
        new Audience(
            context.durableStore("open-air-audience", Attendance.getDefaultInstance()),
            StateManagerClient.on(context.caller()));
    context.consume(WEATHER, stages::follow);
    context.consume(PLAYERS, (player, delivery) -> audience.follow(player));
    context.consume(ENTITIES, (entity, delivery) -> audience.follow(entity));
  }
}
