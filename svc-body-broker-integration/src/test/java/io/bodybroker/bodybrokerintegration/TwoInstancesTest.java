package io.bodybroker.bodybrokerintegration;

import static io.bodybroker.bodybrokerintegration.TestRealm.PLAYER;
import static io.bodybroker.bodybrokerintegration.TestRealm.WORLD;
import static io.bodybroker.bodybrokerintegration.TestRealm.kill;
import static io.bodybroker.bodybrokerintegration.TestRealm.offer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.protobuf.Message;
import io.bodybroker.bodybrokerintegration.deal.Leases;
import io.bodybroker.bodybrokerintegration.v1.BodyBrokerIntegrationClient;
import io.bodybroker.bodybrokerintegration.v1.CompleteDealRequest;
import io.bodybroker.bodybrokerintegration.v1.CounterOfferRequest;
import io.bodybroker.bodybrokerintegration.v1.Deal;
import io.bodybroker.bodybrokerintegration.v1.DealCompleted;
import io.bodybroker.bodybrokerintegration.v1.DealFailed;
import io.bodybroker.bodybrokerintegration.v1.DealState;
import io.bodybroker.bodybrokerintegration.v1.DealStepName;
import io.bodybroker.bodybrokerintegration.v1.Drug;
import io.bodybroker.bodybrokerintegration.v1.Family;
import io.bodybroker.bodybrokerintegration.v1.GetDealRequest;
import io.bodybroker.bodybrokerintegration.v1.GetFamilyRequest;
import io.bodybroker.bodybrokerintegration.v1.HarvestRequest;
import io.bodybroker.bodybrokerintegration.v1.HarvestTool;
import io.bodybroker.bodybrokerintegration.v1.KillMethod;
import io.bodybroker.bodybrokerintegration.v1.ListDealsRequest;
import io.bodybroker.bodybrokerintegration.v1.ListPartsRequest;
import io.bodybroker.bodybrokerintegration.v1.MixDrugsRequest;
import io.bodybroker.bodybrokerintegration.v1.NegotiateRequest;
import io.bodybroker.bodybrokerintegration.v1.PartState;
import io.bodybroker.bodybrokerintegration.v1.PartType;
import io.bodybroker.bodybrokerintegration.v1.PreservePartRequest;
import io.bodybroker.bodybrokerintegration.v1.RecordDeathRequest;
import io.bodybroker.bodybrokerintegration.v1.RecordKillRequest;
import io.bodybroker.bodybrokerintegration.v1.RetrieveCorpseRequest;
import io.bodybroker.bodybrokerintegration.v1.TargetMorality;
import io.bodybroker.eventbus.v1.EventBusService;
import io.bodybroker.payment.v1.Currency;
import io.bodybroker.payment.v1.PaymentService;
import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.FieldViolation;
import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.sdk.rpc.CallOptions;
import io.bodybroker.sdk.rpc.RpcService;
import io.bodybroker.sdk.testing.MovableTime;
import io.bodybroker.sdk.testing.RunningService;
import io.bodybroker.testkit.Await;
import io.bodybroker.testkit.NatsServer;
import io.bodybroker.testkit.RedisServer;
import io.bodybroker.testkit.TestServers;
import io.bodybroker.timemanager.v1.TimeManagerService;
import io.bodybroker.worldstate.v1.WorldStateService;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** body-broker-integration as it runs: two instances over NATS, and the other services beside. */
@TestServers
class TwoInstancesTest {
  private static final Duration BOUND = Duration.ofSeconds(30);

  private static final AtomicInteger TESTS = new AtomicInteger();

  /** Another one in each test: what is stored stays. */
  private final String player = "grace" + TESTS.incrementAndGet();

  private final MovableTime time = MovableTime.running();
  private final Realm realm = new Realm(time);
  private final AtomicReference<StepGate> gate = new AtomicReference<>(StepGate.OPEN);
  private final AtomicBoolean isAlive = new AtomicBoolean(true);
  private RunningService service;
  private BodyBrokerIntegrationClient broker;

  /** Who takes part in a deal. */
  enum Participant {
    WORLD_STATE(WorldStateService.class),
    PAYMENT(PaymentService.class),
    EVENT_BUS(EventBusService.class);

    private final Class<? extends RpcService> service;

    Participant(Class<? extends RpcService> service) {
      this.service = service;
    }
  }

  /** The gate of the moment, for all instances. */
  private final class CurrentGate implements StepGate {
    @Override
    public void before(DealStepName step, boolean isUndoing) {
      gate.get().before(step, isUndoing);
    }

    @Override
    public void after(DealStepName step, boolean isUndoing) {
      gate.get().after(step, isUndoing);
    }
  }

  @BeforeEach
  void start(NatsServer nats, RedisServer redis) {
    service =
        RunningService.of(() -> new BodyBrokerIntegrationModule(new CurrentGate()))
            .clock(time)
            .config(config -> config.name("broker-test"))
            .beside(context -> context.serve(ServedRealm.as(TimeManagerService.class, realm)))
            .start(nats, redis);
    broker = BodyBrokerIntegrationClient.on(service.bus());
  }

  private void serve(Participant participant) {
    service.startBeside(context -> context.serve(ServedRealm.as(participant.service, realm)));
  }

  private void serveAllBut(Participant away) {
    for (Participant participant : Participant.values()) {
      if (participant != away) {
        serve(participant);
      }
    }
  }

  private void serveAll() {
    for (Participant participant : Participant.values()) {
      serve(participant);
    }
  }

  @AfterEach
  void stop() {
    service.close();
  }

  private Deal offered() {
    broker.recordKill(
        kill(player, KillMethod.POISON_KILL, TargetMorality.NEUTRAL).toBuilder()
            .setPlayerId(player)
            .build());
    var parts =
        broker
            .harvest(
                HarvestRequest.newBuilder()
                    .setPlayerId(player)
                    .setWorldId(WORLD)
                    .setTargetId(player)
                    .addParts(PartType.EYE)
                    .addParts(PartType.EYE)
                    .setTool(HarvestTool.STANDARD)
                    .build())
            .getPartsList();
    return broker
        .negotiate(offer(Family.CHATTER_SWARM, parts).setPlayerId(player).build())
        .getDeal();
  }

  private Deal complete(Deal deal) {
    return complete(deal, CallOptions.defaults());
  }

  private Deal complete(Deal deal, CallOptions options) {
    return broker
        .completeDeal(
            CompleteDealRequest.newBuilder()
                .setPlayerId(player)
                .setDealId(deal.getDealId())
                .build(),
            options)
        .getDeal();
  }

  private Deal now(Deal deal) {
    return broker
        .getDeal(
            GetDealRequest.newBuilder().setPlayerId(player).setDealId(deal.getDealId()).build())
        .getDeal();
  }

  private void awaitEnd(Deal deal, DealState state) {
    Await.until(BOUND, deal.getDealId() + " to be " + state, () -> now(deal).getState() == state);
  }

  private void assertMade(Deal offered) throws Exception {
    assertThat(parts()).isEqualTo(0);
    assertThat(nectar()).isEqualTo(offered.getPayment().getQuantity());
    assertThat(realm.deliveries()).isEqualTo(1);
    assertThat(realm.announced()).isEqualTo(1);
    Await.until(BOUND, "the event", () -> told(DealCompleted.getDefaultInstance()) == 1);
    assertThat(told(DealFailed.getDefaultInstance())).isZero();
  }

  private void assertUnmade() throws Exception {
    assertThat(parts()).isEqualTo(2);
    assertThat(nectar()).isZero();
    assertThat(realm.deliveries()).isZero();
    assertThat(realm.announced()).isZero();
    Await.until(BOUND, "the event", () -> told(DealFailed.getDefaultInstance()) == 1);
    assertThat(told(DealCompleted.getDefaultInstance())).isZero();
  }

  private long parts() {
    return broker
        .listParts(ListPartsRequest.newBuilder().setPlayerId(player).build())
        .getPartsList()
        .stream()
        .filter(part -> part.getState() == PartState.HELD)
        .count();
  }

  private long nectar() {
    return realm.balance(player, Currency.HIVE_NECTAR);
  }

  /** What the stream has of an event, about this player. */
  private long told(Message event) {
    var field = event.getDescriptorForType().findFieldByName("player_id");
    return service.published(event).stream()
        .filter(found -> player.equals(found.getField(field)))
        .count();
  }

  @Test
  void makeADealOnceHoweverOftenItIsAskedFor() throws Exception {
    serveAll();
    var offered = offered();

    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Deal>> callers =
          Stream.<Callable<Deal>>generate(() -> () -> complete(offered, CallOptions.timeout(BOUND)))
              .limit(12)
              .toList();
      assertThat(threads.invokeAll(callers))
          .allMatch(answer -> answer.resultNow().getState() == DealState.COMPLETED);
    }

    assertMade(offered);
    assertThat(realm.calls("Credit")).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource
  void waitForAParticipantThatIsAway(Participant away) throws Exception {
    serveAllBut(away);
    var offered = offered();
    assertThat(complete(offered).getState()).isEqualTo(DealState.EXECUTING);

    serve(away);
    awaitEnd(offered, DealState.COMPLETED);

    assertMade(offered);
  }

  @ParameterizedTest
  @EnumSource(names = {"RESERVE_PARTS", "DELIVER", "PAY", "ANNOUNCE", "SETTLE"})
  void goOnWhereOneOfThemIsKilled(DealStepName step) throws Exception {
    serveAll();
    var offered = offered();
    killOnceAt(step, false);

    awaitDeath(offered);
    time.pass(Leases.TERM);
    awaitEnd(offered, DealState.COMPLETED);

    assertMade(offered);
  }

  @ParameterizedTest
  @EnumSource(names = {"RESERVE_PARTS", "DELIVER", "PAY"})
  void undoTheRestWhereOneOfThemIsKilled(DealStepName step) throws Exception {
    serveAll();
    var offered = offered();
    realm.fault("Publish", Realm.Fault.REFUSED);
    killOnceAt(step, true);

    awaitDeath(offered);
    time.pass(Leases.TERM);
    awaitEnd(offered, DealState.FAILED);

    assertUnmade();
  }

  /**
   * Whoever is at work on it dies: for the caller, or by itself if the caller's time was up before.
   */
  private void awaitDeath(Deal deal) {
    try {
      complete(deal);
    } catch (ServiceException e) {
      assertThat(e.code()).isEqualTo(ErrorCode.INTERNAL);
    }
    Await.until(BOUND, "an instance to die", () -> !isAlive.get());
  }

  /** An instance that is stopped after a step writes no more; the lease it holds runs out. */
  private void killOnceAt(DealStepName killedAt, boolean undoing) {
    gate.set(
        new StepGate() {
          @Override
          public void after(DealStepName step, boolean isUndoing) {
            if (step == killedAt && isUndoing == undoing && isAlive.getAndSet(false)) {
              throw new IllegalStateException("killed at " + step);
            }
          }
        });
  }

  @Test
  void leaveADealToWhoHoldsIt() throws Exception {
    serveAll();
    var offered = offered();
    killOnceAt(DealStepName.PAY, false);
    awaitDeath(offered);
    var options = CallOptions.timeout(Duration.ofMillis(800));
    var waiting =
        broker.completeDeal(
            CompleteDealRequest.newBuilder()
                .setPlayerId(player)
                .setDealId(offered.getDealId())
                .build(),
            options);

    assertThat(waiting.getDeal().getState()).isEqualTo(DealState.EXECUTING);
    time.pass(Leases.TERM);
    awaitEnd(offered, DealState.COMPLETED);
    assertMade(offered);
  }

  private static Stream<Wrong> wrong() {
    var kill = kill("t1", KillMethod.BLADE_KILL, TargetMorality.NEUTRAL);
    var harvest =
        HarvestRequest.newBuilder()
            .setPlayerId(PLAYER)
            .setWorldId(WORLD)
            .setTargetId("t1")
            .addParts(PartType.EYE)
            .setTool(HarvestTool.STANDARD)
            .build();
    var negotiate =
        NegotiateRequest.newBuilder()
            .setPlayerId(PLAYER)
            .setFamily(Family.CARRION_KIN)
            .addPartIds("p1")
            .build();
    var counter = CounterOfferRequest.newBuilder().setPlayerId(PLAYER).setDealId("d1").build();
    var mix = MixDrugsRequest.newBuilder().setFirst(Drug.VITAE).setSecond(Drug.AETHER).build();
    var many = negotiate.toBuilder();
    Stream.generate(() -> "p1").limit(40).forEach(many::addPartIds);
    return Stream.of(
        wrong(kill.toBuilder().clearPlayerId().build(), "player_id"),
        wrong(kill.toBuilder().setPlayerId("a b").build(), "player_id"),
        wrong(kill.toBuilder().setWorldId("a/b").build(), "world_id"),
        wrong(kill.toBuilder().setTargetId("").build(), "target_id"),
        wrong(kill.toBuilder().clearMethod().build(), "method"),
        wrong(kill.toBuilder().setTargetMoralityValue(9).build(), "target_morality"),
        wrong(kill.toBuilder().setCreature("wer wolf").build(), "creature"),
        wrong(kill.toBuilder().setZoneId("*").build(), "zone_id"),
        wrong(harvest.toBuilder().clearParts().build(), "parts"),
        wrong(harvest.toBuilder().clearTool().build(), "tool"),
        wrong(harvest.toBuilder().setTargetId("a.b").build(), "target_id"),
        wrong(
            ListPartsRequest.newBuilder().setPlayerId(PLAYER).setPageSize(201).build(),
            "page_size"),
        wrong(
            ListPartsRequest.newBuilder().setPlayerId(PLAYER).setPageToken("x").build(),
            "page_token"),
        wrong(
            PreservePartRequest.newBuilder().setPlayerId(PLAYER).setPartId("p1").build(),
            "preservation"),
        wrong(
            PreservePartRequest.newBuilder().setPlayerId(PLAYER).setPartId("1").build(), "part_id"),
        wrong(GetFamilyRequest.newBuilder().setPlayerId(PLAYER).build(), "family"),
        wrong(negotiate.toBuilder().clearFamily().build(), "family"),
        wrong(negotiate.toBuilder().clearPartIds().build(), "part_ids"),
        wrong(negotiate.toBuilder().addPartIds("eye").build(), "part_ids[1]"),
        wrong(many.build(), "part_ids"),
        wrong(negotiate.toBuilder().setRequestedQuantity(-1).build(), "requested_quantity"),
        wrong(negotiate.toBuilder().setRequestedDrugValue(77).build(), "requested_drug"),
        wrong(counter.toBuilder().setDealId("x").build(), "deal_id"),
        wrong(counter.toBuilder().setRequestedQuantity(-2).build(), "requested_quantity"),
        wrong(CompleteDealRequest.newBuilder().setPlayerId(PLAYER).build(), "deal_id"),
        wrong(
            ListDealsRequest.newBuilder().setPlayerId(PLAYER).setPageSize(-1).build(), "page_size"),
        wrong(
            ListDealsRequest.newBuilder().setPlayerId(PLAYER).setPageToken("p1").build(),
            "page_token"),
        wrong(mix.toBuilder().clearFirst().build(), "first"),
        wrong(mix.toBuilder().clearSecond().build(), "second"),
        wrong(mix.toBuilder().setFirstQuality(1.5).build(), "first_quality"),
        wrong(mix.toBuilder().setSecondQuality(-1).build(), "second_quality"),
        wrong(mix.toBuilder().setFirstQuantity(-1).build(), "first_quantity"),
        wrong(mix.toBuilder().setSecondQuantity(-1).build(), "second_quantity"),
        wrong(RecordDeathRequest.newBuilder().setPlayerId(PLAYER).build(), "world_id"),
        wrong(
            RecordDeathRequest.newBuilder()
                .setPlayerId(PLAYER)
                .setWorldId(WORLD)
                .setZoneId("?")
                .build(),
            "zone_id"),
        wrong(
            RetrieveCorpseRequest.newBuilder().setPlayerId(PLAYER).setBribePartId("x").build(),
            "bribe_part_id"));
  }

  private record Wrong(Message request, String field) {}

  private static Wrong wrong(Message request, String field) {
    return new Wrong(request, field);
  }

  private Message call(Message request) {
    return switch (request) {
      case RecordKillRequest kill -> broker.recordKill(kill);
      case HarvestRequest harvest -> broker.harvest(harvest);
      case ListPartsRequest list -> broker.listParts(list);
      case PreservePartRequest preserve -> broker.preservePart(preserve);
      case GetFamilyRequest get -> broker.getFamily(get);
      case NegotiateRequest negotiate -> broker.negotiate(negotiate);
      case CounterOfferRequest counter -> broker.counterOffer(counter);
      case CompleteDealRequest complete -> broker.completeDeal(complete);
      case ListDealsRequest list -> broker.listDeals(list);
      case MixDrugsRequest mix -> broker.mixDrugs(mix);
      case RecordDeathRequest death -> broker.recordDeath(death);
      case RetrieveCorpseRequest retrieve -> broker.retrieveCorpse(retrieve);
      default -> throw new AssertionError(request);
    };
  }

  @Test
  void nameEachFieldThatIsWrong() {
    wrong().forEach(wrong -> assertNamed(wrong.request(), wrong.field()));
  }

  private void assertNamed(Message request, String field) {
    assertThatExceptionOfType(ServiceException.class)
        .as("%s of %s", field, request)
        .isThrownBy(() -> call(request))
        .satisfies(e -> {
          assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT);
          assertThat(e.fieldViolations()).extracting(FieldViolation::field).contains(field);
        });
  }
}
