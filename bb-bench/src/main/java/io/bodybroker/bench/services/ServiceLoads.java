package io.bodybroker.bench.services;

import com.google.protobuf.Message;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import com.google.protobuf.util.Durations;
import io.bodybroker.auth.AuthModule;
import io.bodybroker.auth.v1.AuthClient;
import io.bodybroker.auth.v1.CreateSessionRequest;
import io.bodybroker.auth.v1.ValidateSessionRequest;
import io.bodybroker.bodybrokerintegration.BodyBrokerIntegrationModule;
import io.bodybroker.bodybrokerintegration.v1.BodyBrokerIntegrationClient;
import io.bodybroker.bodybrokerintegration.v1.KillMethod;
import io.bodybroker.bodybrokerintegration.v1.ListFamiliesRequest;
import io.bodybroker.bodybrokerintegration.v1.RecordKillRequest;
import io.bodybroker.capabilityregistry.CapabilityRegistryModule;
import io.bodybroker.capabilityregistry.v1.Capability;
import io.bodybroker.capabilityregistry.v1.CapabilityRegistryClient;
import io.bodybroker.capabilityregistry.v1.CapabilityType;
import io.bodybroker.capabilityregistry.v1.HeartbeatRequest;
import io.bodybroker.capabilityregistry.v1.QueryCapabilitiesRequest;
import io.bodybroker.capabilityregistry.v1.RegisterRequest;
import io.bodybroker.eventbus.EventBusModule;
import io.bodybroker.eventbus.v1.EventBusClient;
import io.bodybroker.eventbus.v1.GetHistoryRequest;
import io.bodybroker.eventbus.v1.PublishRequest;
import io.bodybroker.npcbehavior.NpcBehaviorModule;
import io.bodybroker.npcbehavior.v1.GetNpcRequest;
import io.bodybroker.npcbehavior.v1.InteractionKind;
import io.bodybroker.npcbehavior.v1.NpcBehaviorClient;
import io.bodybroker.npcbehavior.v1.RecordInteractionRequest;
import io.bodybroker.payment.PaymentModule;
import io.bodybroker.payment.v1.CreditRequest;
import io.bodybroker.payment.v1.Currency;
import io.bodybroker.payment.v1.GetBalanceRequest;
import io.bodybroker.payment.v1.Money;
import io.bodybroker.payment.v1.PaymentClient;
import io.bodybroker.performancemode.PerformanceModeModule;
import io.bodybroker.performancemode.v1.AdjustModeRequest;
import io.bodybroker.performancemode.v1.Mode;
import io.bodybroker.performancemode.v1.PerformanceModeClient;
import io.bodybroker.questsystem.QuestSystemModule;
import io.bodybroker.questsystem.v1.Difficulty;
import io.bodybroker.questsystem.v1.GenerateQuestRequest;
import io.bodybroker.questsystem.v1.GetProgressRequest;
import io.bodybroker.questsystem.v1.QuestSystemClient;
import io.bodybroker.sdk.rpc.RpcCaller;
import io.bodybroker.settings.SettingsModule;
import io.bodybroker.settings.v1.GetSettingsRequest;
import io.bodybroker.settings.v1.SettingValue;
import io.bodybroker.settings.v1.SettingsClient;
import io.bodybroker.settings.v1.UpdateSettingsRequest;
import io.bodybroker.statemanager.StateManagerModule;
import io.bodybroker.statemanager.v1.GetStateRequest;
import io.bodybroker.statemanager.v1.StateManagerClient;
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
import io.bodybroker.worldstate.WorldStateModule;
import io.bodybroker.worldstate.v1.EntityType;
import io.bodybroker.worldstate.v1.EntityUpdate;
import io.bodybroker.worldstate.v1.GetEntityRequest;
import io.bodybroker.worldstate.v1.UpdateEntityRequest;
import io.bodybroker.worldstate.v1.WorldStateClient;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import java.util.stream.LongStream;

/**
 * The main read and write of each service. A write makes its document if there is none, so that the
 * first round of writes prepares what is read.
 */
final class ServiceLoads {
  private static final String WORLD = "bench";

  /** Few worlds, as in the game. */
  private static final int WORLDS = 10;

  /** Who prepare documents at once. */
  private static final int WRITERS = 16;

  private ServiceLoads() {}

  /** All of them, by name of service. */
  static List<ServiceLoad> all() {
    return List.of(
        new ServiceLoad("auth", () -> List.of(new AuthModule()), ServiceLoads::auth),
        new ServiceLoad(
            "body-broker-integration",
            () -> List.of(new BodyBrokerIntegrationModule(), new TimeManagerModule()),
            ServiceLoads::broker),
        new ServiceLoad(
            "capability-registry",
            () -> List.of(new CapabilityRegistryModule()),
            ServiceLoads::capabilities),
        new ServiceLoad("event-bus", () -> List.of(new EventBusModule()), ServiceLoads::events),
        new ServiceLoad("npc-behavior", () -> List.of(new NpcBehaviorModule()), ServiceLoads::npcs),
        new ServiceLoad("payment", () -> List.of(new PaymentModule()), ServiceLoads::payment),
        new ServiceLoad(
            "performance-mode",
            () -> List.of(new PerformanceModeModule()),
            ServiceLoads::performance),
        new ServiceLoad(
            "quest-system",
            () -> List.of(new QuestSystemModule(), new TimeManagerModule(), new WorldStateModule()),
            ServiceLoads::quests),
        new ServiceLoad("settings", () -> List.of(new SettingsModule()), ServiceLoads::settings),
        new ServiceLoad(
            "state-manager", () -> List.of(new StateManagerModule()), ServiceLoads::states),
        new ServiceLoad(
            "time-manager", () -> List.of(new TimeManagerModule()), ServiceLoads::times),
        new ServiceLoad(
            "weather-manager",
            () -> List.of(new WeatherManagerModule(), new TimeManagerModule()),
            ServiceLoads::weather),
        new ServiceLoad("world-state", () -> List.of(new WorldStateModule()), ServiceLoads::world));
  }

  /** Writes every document once, and so prepares those that are read. */
  private static ServiceLoad.Calls calls(
      String read, ServiceLoad.Call reading, String write, ServiceLoad.Call writing) {
    try (var writers = Executors.newFixedThreadPool(WRITERS, Thread.ofVirtual().factory())) {
      CompletableFuture.allOf(
              LongStream.range(0, ServiceLoad.DOCUMENTS)
                  .mapToObj(turn -> CompletableFuture.runAsync(() -> writing.make(turn), writers))
                  .toArray(CompletableFuture<?>[]::new))
          .join();
    }
    return new ServiceLoad.Calls(read, reading, write, writing);
  }

  /** What is answered is no matter, but that it is. */
  private static <Q extends Message> ServiceLoad.Call call(
      LongFunction<Q> request, Consumer<Q> method) {
    return turn -> method.accept(request.apply(turn));
  }

  private static String document(long turn) {
    return ServiceLoad.document(turn);
  }

  /** 0 and 1 in turns for each document, so that each write changes it. */
  private static double other(long turn) {
    return (double) (turn / ServiceLoad.DOCUMENTS % 2);
  }

  private static Struct number(String name, long value) {
    return Struct.newBuilder()
        .putFields(name, Value.newBuilder().setNumberValue((double) value).build())
        .build();
  }

  private static ServiceLoad.Calls auth(RpcCaller caller) {
    var auth = AuthClient.on(caller);
    var tokens =
        LongStream.range(0, ServiceLoad.DOCUMENTS)
            .mapToObj(turn ->
                auth.createSession(
                        CreateSessionRequest.newBuilder().setPlayerId("read-" + turn).build())
                    .getToken())
            .toList();
    return calls(
        "ValidateSession",
        call(
            turn ->
                ValidateSessionRequest.newBuilder()
                    .setToken(tokens.get((int) (turn % tokens.size())))
                    .build(),
            auth::validateSession),
        "CreateSession",
        call(
            turn -> CreateSessionRequest.newBuilder().setPlayerId(document(turn)).build(),
            auth::createSession));
  }

  private static ServiceLoad.Calls broker(RpcCaller caller) {
    var broker = BodyBrokerIntegrationClient.on(caller);
    return calls(
        "ListFamilies",
        call(
            turn -> ListFamiliesRequest.newBuilder().setPlayerId(document(turn)).build(),
            broker::listFamilies),
        "RecordKill",
        call(
            turn ->
                RecordKillRequest.newBuilder()
                    .setPlayerId(document(turn))
                    .setWorldId(WORLD)
                    .setTargetId("target-" + turn)
                    .setMethod(KillMethod.BLADE_KILL)
                    .setCreature("human")
                    .build(),
            broker::recordKill));
  }

  private static ServiceLoad.Calls capabilities(RpcCaller caller) {
    var registry = CapabilityRegistryClient.on(caller);
    var registrations =
        LongStream.range(0, 20)
            .mapToObj(turn ->
                registry
                    .register(
                        RegisterRequest.newBuilder()
                            .setServiceId("model-" + turn)
                            .setEndpoint("svc.model-" + turn)
                            .addCapabilities(
                                Capability.newBuilder()
                                    .setCapabilityId("infer")
                                    .setType(CapabilityType.INFERENCE)
                                    .setAverageLatency(Durations.fromMillis(20 + turn)))
                            .build())
                    .getRegistrationId())
            .toList();
    return calls(
        "QueryCapabilities",
        call(
            turn -> QueryCapabilitiesRequest.newBuilder().setType(CapabilityType.INFERENCE).build(),
            registry::queryCapabilities),
        "Heartbeat",
        call(
            turn ->
                HeartbeatRequest.newBuilder()
                    .setRegistrationId(registrations.get((int) (turn % registrations.size())))
                    .build(),
            registry::heartbeat));
  }

  private static ServiceLoad.Calls events(RpcCaller caller) {
    var events = EventBusClient.on(caller);
    return calls(
        "GetHistory",
        call(
            turn -> GetHistoryRequest.newBuilder().setEventType("bench.type_0").build(),
            events::getHistory),
        "Publish",
        call(
            turn ->
                PublishRequest.newBuilder()
                    .setEventId("bench-" + UUID.randomUUID())
                    .setEventType("bench.type_" + turn % WORLDS)
                    .setPayload(number("turn", turn))
                    .build(),
            events::publish));
  }

  private static ServiceLoad.Calls npcs(RpcCaller caller) {
    var npcs = NpcBehaviorClient.on(caller);
    return calls(
        "GetNpc",
        call(
            turn -> GetNpcRequest.newBuilder().setNpcId(document(turn)).setMinVersion(1).build(),
            npcs::getNpc),
        "RecordInteraction",
        call(
            turn ->
                RecordInteractionRequest.newBuilder()
                    .setNpcId(document(turn))
                    .setOtherId("player-" + turn % WORLDS)
                    .setKind(InteractionKind.TALK)
                    .build(),
            npcs::recordInteraction));
  }

  private static ServiceLoad.Calls payment(RpcCaller caller) {
    var payment = PaymentClient.on(caller);
    return calls(
        "GetBalance",
        call(
            turn ->
                GetBalanceRequest.newBuilder()
                    .setPlayerId(document(turn))
                    .setCurrency(Currency.CREDITS)
                    .setMinVersion(1)
                    .build(),
            payment::getBalance),
        "Credit",
        call(
            turn ->
                CreditRequest.newBuilder()
                    .setPlayerId(document(turn))
                    .setMoney(Money.newBuilder().setCurrency(Currency.CREDITS).setAmount(1))
                    .build(),
            payment::credit));
  }

  private static ServiceLoad.Calls performance(RpcCaller caller) {
    var performance = PerformanceModeClient.on(caller);
    return calls(
        "GetSettings",
        call(
            turn ->
                io.bodybroker.performancemode.v1.GetSettingsRequest.newBuilder()
                    .setPlayerId(document(turn))
                    .build(),
            performance::getSettings),
        "AdjustMode",
        call(
            turn ->
                AdjustModeRequest.newBuilder()
                    .setPlayerId(document(turn))
                    .setMode(other(turn) == 0 ? Mode.LOW : Mode.HIGH)
                    .setForce(true)
                    .build(),
            performance::adjustMode));
  }

  private static ServiceLoad.Calls quests(RpcCaller caller) {
    var quests = QuestSystemClient.on(caller);
    return calls(
        "GetProgress",
        call(
            turn -> GetProgressRequest.newBuilder().setPlayerId(document(turn)).build(),
            quests::getProgress),
        "GenerateQuest",
        call(
            turn ->
                GenerateQuestRequest.newBuilder()
                    .setPlayerId(document(turn))
                    .setWorldId(WORLD)
                    .setDifficulty(Difficulty.NORMAL)
                    .build(),
            quests::generateQuest));
  }

  private static ServiceLoad.Calls settings(RpcCaller caller) {
    var settings = SettingsClient.on(caller);
    return calls(
        "GetSettings",
        call(
            turn ->
                GetSettingsRequest.newBuilder()
                    .setPlayerId(document(turn))
                    .addKeys("audio")
                    .setMinVersion(1)
                    .build(),
            settings::getSettings),
        "UpdateSettings",
        call(
            turn ->
                UpdateSettingsRequest.newBuilder()
                    .setPlayerId(document(turn))
                    .setMode(io.bodybroker.settings.v1.UpdateMode.MERGE)
                    .putSettings(
                        "audio.master_volume",
                        SettingValue.newBuilder().setDoubleValue(other(turn) / 2.0).build())
                    .build(),
            settings::updateSettings));
  }

  private static ServiceLoad.Calls states(RpcCaller caller) {
    var states = StateManagerClient.on(caller);
    return calls(
        "GetState",
        call(
            turn ->
                GetStateRequest.newBuilder().setPlayerId(document(turn)).setMinVersion(1).build(),
            states::getState),
        "UpdateState",
        call(
            turn ->
                UpdateStateRequest.newBuilder()
                    .setPlayerId(document(turn))
                    .setMode(io.bodybroker.statemanager.v1.UpdateMode.REPLACE)
                    .setState(number("hp", turn))
                    .build(),
            states::updateState));
  }

  private static ServiceLoad.Calls times(RpcCaller caller) {
    var time = TimeManagerClient.on(caller);
    return calls(
        "GetTime",
        call(
            turn -> GetTimeRequest.newBuilder().setWorldId("bench-" + turn % WORLDS).build(),
            time::getTime),
        "SetScale",
        call(
            turn ->
                SetScaleRequest.newBuilder()
                    .setWorldId(document(turn))
                    .setTimeScale(60.0 + other(turn))
                    .build(),
            time::setScale));
  }

  private static ServiceLoad.Calls weather(RpcCaller caller) {
    var weather = WeatherManagerClient.on(caller);
    return calls(
        "GetWeather",
        call(
            turn ->
                GetWeatherRequest.newBuilder()
                    .setWorldId("bench-" + turn % WORLDS)
                    .setZoneId(document(turn))
                    .build(),
            weather::getWeather),
        "SetWeather",
        call(
            turn ->
                SetWeatherRequest.newBuilder()
                    .setWorldId("bench-" + turn % WORLDS)
                    .setZoneId(document(turn))
                    .setType(other(turn) == 0 ? WeatherType.STORM : WeatherType.CLEAR)
                    .build(),
            weather::setWeather));
  }

  private static ServiceLoad.Calls world(RpcCaller caller) {
    var world = WorldStateClient.on(caller);
    return calls(
        "GetEntity",
        call(
            turn ->
                GetEntityRequest.newBuilder()
                    .setWorldId("bench-" + turn % WORLDS)
                    .setEntityId(document(turn))
                    .setMinVersion(1)
                    .build(),
            world::getEntity),
        "UpdateEntity",
        call(
            turn ->
                UpdateEntityRequest.newBuilder()
                    .setWorldId("bench-" + turn % WORLDS)
                    .setEntityId(document(turn))
                    .setUpdate(
                        EntityUpdate.newBuilder()
                            .setMode(io.bodybroker.worldstate.v1.UpdateMode.MERGE)
                            .setType(EntityType.OBJECT)
                            .setProperties(number("hp", turn)))
                    .build(),
            world::updateEntity));
  }
}
