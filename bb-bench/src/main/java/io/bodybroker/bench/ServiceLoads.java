package io.bodybroker.bench;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import io.bodybroker.sdk.rpc.RpcCaller;
import io.bodybroker.statemanager.StateManagerModule;
import io.bodybroker.statemanager.v1.GetStateRequest;
import io.bodybroker.statemanager.v1.StateManagerClient;
import io.bodybroker.statemanager.v1.UpdateMode;
import io.bodybroker.statemanager.v1.UpdateStateRequest;
import io.bodybroker.timemanager.TimeManagerModule;
import io.bodybroker.timemanager.v1.GetTimeRequest;
import io.bodybroker.timemanager.v1.SetScaleRequest;
import io.bodybroker.timemanager.v1.TimeManagerClient;
import io.bodybroker.weathermanager.WeatherManagerModule;
import io.bodybroker.weathermanager.v1.GetWeatherRequest;
import io.bodybroker.weathermanager.v1.SetWeatherRequest;
import io.bodybroker.weathermanager.v1.WeatherManagerClient;
import io.bodybroker.weathermanager.v1.WeatherType;
import java.util.List;
import java.util.function.LongConsumer;

/** The main read and write of each service. */
final class ServiceLoads {
  private ServiceLoads() {}

  /** All of them, by name of service. */
  static List<ServiceLoad> all() {
    return List.of(
        new ServiceLoad(
            "state-manager", () -> List.of(new StateManagerModule()), ServiceLoads::states),
        new ServiceLoad(
            "time-manager", () -> List.of(new TimeManagerModule()), ServiceLoads::times),
        new ServiceLoad(
            "weather-manager",
            () -> List.of(new WeatherManagerModule(), new TimeManagerModule()),
            ServiceLoads::weather));
  }

  private static void forEachDocument(LongConsumer make) {
    for (long turn = 0; turn < ServiceLoad.DOCUMENTS; turn++) {
      make.accept(turn);
    }
  }

  private static ServiceLoad.Calls states(RpcCaller caller) {
    var states = StateManagerClient.on(caller);
    ServiceLoad.Call write =
        turn ->
            states.updateState(
                UpdateStateRequest.newBuilder()
                    .setPlayerId(ServiceLoad.document(turn))
                    .setMode(UpdateMode.REPLACE)
                    .setState(
                        Struct.newBuilder()
                            .putFields(
                                "hp", Value.newBuilder().setNumberValue((double) turn).build()))
                    .build());
    forEachDocument(write::make);
    return new ServiceLoad.Calls(
        "GetState",
        turn ->
            states.getState(
                GetStateRequest.newBuilder()
                    .setPlayerId(ServiceLoad.document(turn))
                    .setMinVersion(1)
                    .build()),
        "UpdateState",
        write);
  }

  private static ServiceLoad.Calls times(RpcCaller caller) {
    var time = TimeManagerClient.on(caller);
    return new ServiceLoad.Calls(
        "GetTime",
        turn -> time.getTime(GetTimeRequest.newBuilder().setWorldId("bench-" + turn % 10).build()),
        "SetScale",
        turn ->
            time.setScale(
                SetScaleRequest.newBuilder()
                    .setWorldId(ServiceLoad.document(turn))
                    .setTimeScale(60.0 + (double) (turn % 2))
                    .build()));
  }

  private static ServiceLoad.Calls weather(RpcCaller caller) {
    var weather = WeatherManagerClient.on(caller);
    return new ServiceLoad.Calls(
        "GetWeather",
        turn ->
            weather.getWeather(
                GetWeatherRequest.newBuilder().setWorldId("bench-" + turn % 10).build()),
        "SetWeather",
        turn ->
            weather.setWeather(
                SetWeatherRequest.newBuilder()
                    .setWorldId("bench-" + turn % 10)
                    .setZoneId(ServiceLoad.document(turn))
                    .setType(turn % 2 == 0 ? WeatherType.STORM : WeatherType.CLEAR)
                    .build()));
  }
}
