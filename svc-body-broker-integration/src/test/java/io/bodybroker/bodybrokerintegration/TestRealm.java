package io.bodybroker.bodybrokerintegration;

import com.google.protobuf.Message;
import io.bodybroker.bodybrokerintegration.deal.Leases;
import io.bodybroker.bodybrokerintegration.deal.Patience;
import io.bodybroker.bodybrokerintegration.deal.Step;
import io.bodybroker.bodybrokerintegration.state.v1.StoredBroker;
import io.bodybroker.bodybrokerintegration.state.v1.StoredDeal;
import io.bodybroker.bodybrokerintegration.state.v1.StoredTarget;
import io.bodybroker.bodybrokerintegration.v1.BodyPart;
import io.bodybroker.bodybrokerintegration.v1.CompleteDealRequest;
import io.bodybroker.bodybrokerintegration.v1.Deal;
import io.bodybroker.bodybrokerintegration.v1.DealStepName;
import io.bodybroker.bodybrokerintegration.v1.Family;
import io.bodybroker.bodybrokerintegration.v1.GetDealRequest;
import io.bodybroker.bodybrokerintegration.v1.HarvestRequest;
import io.bodybroker.bodybrokerintegration.v1.HarvestTool;
import io.bodybroker.bodybrokerintegration.v1.KillMethod;
import io.bodybroker.bodybrokerintegration.v1.ListPartsRequest;
import io.bodybroker.bodybrokerintegration.v1.NegotiateRequest;
import io.bodybroker.bodybrokerintegration.v1.NegotiateResponse;
import io.bodybroker.bodybrokerintegration.v1.PartType;
import io.bodybroker.bodybrokerintegration.v1.RecordKillRequest;
import io.bodybroker.bodybrokerintegration.v1.TargetMorality;
import io.bodybroker.eventbus.v1.EventBusClient;
import io.bodybroker.payment.v1.PaymentClient;
import io.bodybroker.sdk.rpc.CallContext;
import io.bodybroker.sdk.rpc.CallMetadata;
import io.bodybroker.sdk.store.MemoryStores;
import io.bodybroker.sdk.store.Store;
import io.bodybroker.sdk.store.Versioned;
import io.bodybroker.sdk.testing.MovableTime;
import io.bodybroker.timemanager.v1.TimeManagerClient;
import io.bodybroker.worldstate.v1.WorldStateClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * body-broker-integration without servers: any number of instances over the same stores, one time
 * and one realm of other services.
 */
final class TestRealm {
  static final String PLAYER = "grace";
  static final String WORLD = "veridian";

  final MovableTime time = MovableTime.still();
  final Realm realm = new Realm(time);
  final Store<StoredBroker> players = MemoryStores.open(StoredBroker.getDefaultInstance());
  final Store<StoredTarget> dead = MemoryStores.open(StoredTarget.getDefaultInstance());
  final Store<StoredDeal> documents = MemoryStores.open(StoredDeal.getDefaultInstance());

  /** The events that the stores' feeds make of what is written. */
  final List<Message> events = new CopyOnWriteArrayList<>();

  TestRealm() {
    players.watch("", change -> events.addAll(BrokerEvents.OF_PLAYERS.eventsOf(change)));
    documents.watch("", change -> events.addAll(BrokerEvents.OF_DEALS.eventsOf(change)));
  }

  /** How many events of a type there have been. */
  long events(Class<? extends Message> type) {
    return events.stream().filter(type::isInstance).count();
  }

  /** One instance: nothing in it is shared but the stores and the realm. */
  final class Instance {
    final BodyBrokerIntegration service;
    final DealKeeper keeper;
    private final DealRunner runner;

    Instance(String name, StepGate gate) {
      var caller = new RealmCaller(realm);
      var worlds = new Worlds(TimeManagerClient.on(caller), time);
      var brokers = new Brokers(players);
      var deals = new Deals(documents);
      var delivery = new DeliveryStep(WorldStateClient.on(caller));
      Map<DealStepName, Step> steps =
          Map.of(
              DealStepName.RESERVE_PARTS, new PartsStep(brokers, worlds, time, gate),
              DealStepName.DELIVER, delivery,
              DealStepName.PAY, new PaymentStep(PaymentClient.on(caller)),
              DealStepName.ANNOUNCE, new AnnouncementStep(EventBusClient.on(caller)),
              DealStepName.SETTLE, new SettlementStep(brokers, time));
      runner = new DealRunner(deals, steps, new Leases(name), time, gate);
      keeper = new DealKeeper(deals, runner, delivery, time);
      documents.watch("", keeper::note);
      service =
          new BodyBrokerIntegration(
              brokers,
              new Targets(dead, brokers),
              deals,
              new DealTable(brokers, deals, worlds, time),
              new DealDesk(deals, runner, brokers, time),
              worlds,
              time);
    }

    Instance(String name) {
      this(name, StepGate.OPEN);
    }

    /** Kills a target and takes parts out of it. */
    List<BodyPart> harvest(String target, KillMethod method, PartType... parts) {
      service.recordKill(kill(target, method, TargetMorality.NEUTRAL), call());
      return service
          .harvest(
              HarvestRequest.newBuilder()
                  .setPlayerId(PLAYER)
                  .setWorldId(WORLD)
                  .setTargetId(target)
                  .addAllParts(List.of(parts))
                  .setTool(HarvestTool.STANDARD)
                  .build(),
              call())
          .getPartsList();
    }

    NegotiateResponse negotiate(Family family, List<BodyPart> parts) {
      return service.negotiate(offer(family, parts).build(), call());
    }

    /** A deal on offer: an eye of somebody for hive nectar. */
    Deal offered(String target) {
      var parts = harvest(target, KillMethod.POISON_KILL, PartType.EYE, PartType.EYE);
      return negotiate(Family.CHATTER_SWARM, parts).getDeal();
    }

    /** Completes a deal that nothing keeps from ending. */
    Deal complete(String deal) {
      return complete(deal, Duration.ofSeconds(10));
    }

    /** Completes a deal as far as it gets while a caller waits who does not wait for long. */
    Deal attempt(String deal) {
      return complete(deal, Duration.ofMillis(800));
    }

    /** Accepts a deal for a caller who does not wait at all. */
    Deal accept(String deal) {
      return complete(deal, Duration.ofMillis(1));
    }

    /** Goes on with a deal, if nobody is at work on it, until it ends or something goes wrong. */
    void goOn(String deal) {
      documents(deal)
          .flatMap(runner::takeUp)
          .ifPresent(taken -> runner.run(taken, Patience.ENDLESS));
    }

    private Optional<Versioned<StoredDeal>> documents(String deal) {
      return documents.get(Deals.key(PLAYER, deal));
    }

    private Deal complete(String deal, Duration patience) {
      return service
          .completeDeal(
              CompleteDealRequest.newBuilder().setPlayerId(PLAYER).setDealId(deal).build(),
              CallContext.of(CallMetadata.empty(), patience))
          .getDeal();
    }

    Deal deal(String deal) {
      return service
          .getDeal(GetDealRequest.newBuilder().setPlayerId(PLAYER).setDealId(deal).build(), call())
          .getDeal();
    }

    List<BodyPart> parts() {
      return service
          .listParts(
              ListPartsRequest.newBuilder()
                  .setPlayerId(PLAYER)
                  .setPageSize(200)
                  .setIncludeDecayed(true)
                  .build(),
              call())
          .getPartsList();
    }
  }

  static RecordKillRequest kill(String target, KillMethod method, TargetMorality morality) {
    return RecordKillRequest.newBuilder()
        .setPlayerId(PLAYER)
        .setWorldId(WORLD)
        .setTargetId(target)
        .setMethod(method)
        .setTargetMorality(morality)
        .setCreature("human")
        .build();
  }

  static NegotiateRequest.Builder offer(Family family, List<BodyPart> parts) {
    return NegotiateRequest.newBuilder()
        .setPlayerId(PLAYER)
        .setFamily(family)
        .addAllPartIds(parts.stream().map(BodyPart::getPartId).toList());
  }

  static CallContext call() {
    return CallContext.of(CallMetadata.empty(), Duration.ofSeconds(10));
  }

  static CallContext call(String key) {
    return CallContext.of(
        CallMetadata.builder().idempotencyKey(key).build(), Duration.ofSeconds(10));
  }

  /** Lets time pass and the instance see to deals until none is on its way. */
  void settle(Instance instance) {
    for (int i = 0; i < 40; i++) {
      time.pass(Duration.ofSeconds(31));
      instance.keeper.run();
    }
  }
}
