package io.bodybroker.bodybrokerintegration;

import static io.bodybroker.bodybrokerintegration.TestRealm.PLAYER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.bodybroker.bodybrokerintegration.Realm.Fault;
import io.bodybroker.bodybrokerintegration.TestRealm.Instance;
import io.bodybroker.bodybrokerintegration.v1.Deal;
import io.bodybroker.bodybrokerintegration.v1.DealCompleted;
import io.bodybroker.bodybrokerintegration.v1.DealFailed;
import io.bodybroker.bodybrokerintegration.v1.DealState;
import io.bodybroker.bodybrokerintegration.v1.DealStep;
import io.bodybroker.bodybrokerintegration.v1.DealStepName;
import io.bodybroker.bodybrokerintegration.v1.DealStepState;
import io.bodybroker.bodybrokerintegration.v1.Family;
import io.bodybroker.bodybrokerintegration.v1.KillMethod;
import io.bodybroker.bodybrokerintegration.v1.PartState;
import io.bodybroker.bodybrokerintegration.v1.PartType;
import io.bodybroker.payment.v1.Currency;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever fails or dies on the way, a deal is made whole or not at all. */
class DealSagaTest {
  private final TestRealm world = new TestRealm();
  private final Instance second = world.new Instance("second");

  /** What a process that is killed would not do any more, it does not do. */
  private static final class Killed extends Error {
    private static final long serialVersionUID = 1L;
  }

  enum Moment {
    BEFORE,
    AFTER
  }

  /** Dies once, at one moment of one step. */
  private static StepGate killedAt(DealStepName step, Moment moment, boolean undoing) {
    return new StepGate() {
      @Override
      public void before(DealStepName name, boolean isUndoing) {
        die(name, isUndoing, Moment.BEFORE);
      }

      @Override
      public void after(DealStepName name, boolean isUndoing) {
        die(name, isUndoing, Moment.AFTER);
      }

      private void die(DealStepName name, boolean isUndoing, Moment at) {
        if (name == step && isUndoing == undoing && at == moment) {
          throw new Killed();
        }
      }
    };
  }

  private static Stream<Arguments> momentsOfDoing() {
    return Stream.of(DealStepName.values())
        .filter(DealSagaTest::isStep)
        .flatMap(step -> Stream.of(Moment.values()).map(moment -> Arguments.of(step, moment)));
  }

  private static boolean isStep(DealStepName step) {
    return step != DealStepName.DEAL_STEP_NAME_UNSPECIFIED && step != DealStepName.UNRECOGNIZED;
  }

  private static Stream<Arguments> momentsOfUndoing() {
    return Stream.of(DealStepName.RESERVE_PARTS, DealStepName.DELIVER, DealStepName.PAY)
        .flatMap(step -> Stream.of(Moment.values()).map(moment -> Arguments.of(step, moment)));
  }

  private void assertMade(Deal offered) {
    var deal = second.deal(offered.getDealId());
    assertThat(deal.getState()).as(deal.toString()).isEqualTo(DealState.COMPLETED);
    assertThat(second.parts()).isEmpty();
    assertThat(nectar()).isEqualTo(offered.getPayment().getQuantity());
    assertThat(world.realm.deliveries()).isEqualTo(1);
    assertThat(world.events(DealCompleted.class)).isEqualTo(1);
    assertThat(world.events(DealFailed.class)).isZero();
  }

  private void assertUnmade(Deal offered) {
    var deal = second.deal(offered.getDealId());
    assertThat(deal.getState()).as(deal.toString()).isEqualTo(DealState.FAILED);
    assertThat(deal.getReason()).isNotEmpty();
    assertThat(second.parts()).hasSize(2).noneMatch(part -> part.getState() == PartState.RESERVED);
    assertThat(nectar()).isZero();
    assertThat(world.realm.deliveries()).isZero();
    assertThat(world.realm.announced()).isZero();
    assertThat(world.events(DealCompleted.class)).isZero();
    assertThat(world.events(DealFailed.class)).isEqualTo(1);
  }

  private long nectar() {
    return world.realm.balance(PLAYER, Currency.HIVE_NECTAR);
  }

  @Test
  void isMadeAtOnceWhenNothingFails() {
    var offered = second.offered("t1");

    var deal = second.complete(offered.getDealId());

    assertThat(deal.getStepsList()).allMatch(step -> step.getState() == DealStepState.DONE);
    assertMade(offered);
    assertThat(world.realm.announced()).isEqualTo(1);
    assertThat(second.complete(offered.getDealId())).isEqualTo(deal);
    assertMade(offered);
  }

  @Test
  void isNobodysBusinessButWhatWentWhere() {
    var offered = second.offered("t1");
    second.complete(offered.getDealId());

    assertThat(world.realm.isPublic())
        .contains("chatter_swarm", "hive_nectar", "EYE", TestRealm.WORLD)
        .doesNotContain(PLAYER, offered.getDealId() + "\"", "price", "quantity");
  }

  @ParameterizedTest
  @MethodSource("momentsOfDoing")
  void isMadeByAnotherInstanceWhenOneIsKilled(DealStepName step, Moment moment) {
    var first = world.new Instance("first", killedAt(step, moment, false));
    var offered = first.offered("t1");

    assertThatExceptionOfType(Killed.class).isThrownBy(() -> first.complete(offered.getDealId()));
    second.keeper.run();
    assertThat(second.deal(offered.getDealId()).getState())
        .as("while the lease holds")
        .isEqualTo(DealState.EXECUTING);
    world.settle(second);

    assertMade(offered);
    assertThat(world.realm.announced()).isEqualTo(1);
  }

  @ParameterizedTest
  @MethodSource("momentsOfUndoing")
  void isUndoneByAnotherInstanceWhenOneIsKilled(DealStepName step, Moment moment) {
    var first = world.new Instance("first", killedAt(step, moment, true));
    var offered = first.offered("t1");
    world.realm.fault("Publish", Fault.REFUSED);

    assertThatExceptionOfType(Killed.class).isThrownBy(() -> first.complete(offered.getDealId()));
    world.settle(second);

    assertUnmade(offered);
  }

  @ParameterizedTest
  @ValueSource(strings = {"UpdateEntity", "Credit", "Publish"})
  void waitsForWhoIsAway(String method) {
    var offered = second.offered("t1");
    world.realm.fault(method, Fault.AWAY);

    var deal = second.attempt(offered.getDealId());
    assertThat(deal.getState()).isEqualTo(DealState.EXECUTING);
    assertThat(deal.getStepsList())
        .filteredOn(step -> step.getState() == DealStepState.TRYING)
        .singleElement()
        .extracting(DealStep::getLastError)
        .asString()
        .contains("nobody serves " + method);
    world.settle(second);
    assertThat(second.deal(offered.getDealId()).getState()).isEqualTo(DealState.EXECUTING);

    world.realm.heal();
    world.settle(second);
    assertMade(offered);
  }

  @ParameterizedTest
  @ValueSource(strings = {"UpdateEntity", "Credit", "Publish"})
  void hasEachEffectOnceWhenAnswersAreLost(String method) {
    var offered = second.offered("t1");
    world.realm.fault(method, Fault.ANSWER_LOST);
    second.attempt(offered.getDealId());
    world.settle(second);
    assertThat(world.realm.calls(method)).isGreaterThan(1);

    world.realm.heal();
    world.settle(second);
    assertMade(offered);
    assertThat(world.realm.announced()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"UpdateEntity", "Credit", "Publish"})
  void isUndoneWhenAStepIsRefused(String method) {
    var offered = second.offered("t1");
    world.realm.fault(method, Fault.REFUSED);

    assertThat(second.complete(offered.getDealId()).getReason()).contains(method + " is refused");

    assertUnmade(offered);
  }

  /** It was delivered, which nobody heard, and who tries again or looks for it is told no. */
  @ParameterizedTest
  @ValueSource(strings = {"UpdateEntity", "GetEntity"})
  void isUndoneWhenWhatWasDeliveredUnheardIsRefused(String method) {
    var offered = second.offered("t1");
    world.realm.fault("UpdateEntity", Fault.ANSWER_LOST);
    second.attempt(offered.getDealId());
    assertThat(world.realm.deliveries()).isEqualTo(1);

    world.realm.heal();
    world.realm.fault(method, Fault.REFUSED);
    world.settle(second);

    assertUnmade(offered);
  }

  @ParameterizedTest
  @ValueSource(strings = {"DeleteEntity", "Debit"})
  void goesOnUndoingUntilItIsUndone(String method) {
    var offered = second.offered("t1");
    world.realm.fault("Publish", Fault.REFUSED);
    world.realm.fault(method, Fault.AWAY);
    assertThat(second.attempt(offered.getDealId()).getState()).isEqualTo(DealState.COMPENSATING);
    world.settle(second);
    assertThat(second.deal(offered.getDealId()).getState()).isEqualTo(DealState.COMPENSATING);

    world.realm.fault(method, Fault.ANSWER_LOST);
    world.settle(second);
    world.realm.heal();
    world.settle(second);
    assertUnmade(offered);
  }

  @Test
  void standsWhenWhatWasPaidIsSpentAlready() {
    var offered = second.offered("t1");
    world.realm.fault("Publish", Fault.REFUSED);
    world.realm.fault("Debit", Fault.AWAY);
    second.attempt(offered.getDealId());
    world.realm.heal();
    world.realm.spend(PLAYER, Currency.HIVE_NECTAR, nectar());
    world.settle(second);

    var deal = second.deal(offered.getDealId());
    assertThat(deal.getState()).isEqualTo(DealState.COMPLETED);
    assertThat(deal.getStepsList())
        .filteredOn(step -> step.getName() == DealStepName.ANNOUNCE)
        .extracting(DealStep::getState)
        .containsExactly(DealStepState.REFUSED);
    assertThat(second.parts()).isEmpty();
    assertThat(world.realm.deliveries()).isEqualTo(1);
    assertThat(nectar()).isZero();
    assertThat(world.events(DealCompleted.class)).isEqualTo(1);
  }

  @Test
  void sellsAPartOnceHoweverManyDealsItIsIn() {
    var parts = second.harvest("t1", KillMethod.POISON_KILL, PartType.EYE, PartType.EYE);
    var both = second.negotiate(Family.CHATTER_SWARM, parts).getDeal();
    var one = second.negotiate(Family.CHATTER_SWARM, parts.subList(0, 1)).getDeal();

    assertThat(second.complete(one.getDealId()).getState()).isEqualTo(DealState.COMPLETED);
    var late = second.complete(both.getDealId());

    assertThat(late.getState()).isEqualTo(DealState.FAILED);
    assertThat(late.getReason()).contains("part \"p1\" is gone");
    assertThat(second.parts()).singleElement().extracting("partId").isEqualTo("p2");
    assertThat(nectar()).isEqualTo(one.getPayment().getQuantity());
  }

  /** What has ended is remembered for an hour, however much has ended since. */
  @Test
  void doesNothingForADealThatHasEndedHoweverManyHaveSince() {
    var eye = second.offered("t0");
    second.complete(eye.getDealId());
    var stored = world.documents.get(Deals.key(PLAYER, eye.getDealId())).orElseThrow().value();
    for (int i = 1; i <= 70; i++) {
      second.complete(second.offered("t" + i).getDealId());
    }
    var before = world.players.get(PLAYER).orElseThrow();

    var late = new SettlementStep(new Brokers(world.players), world.time);
    late.apply(stored, Duration.ofSeconds(1));
    assertThat(world.players.get(PLAYER).orElseThrow()).isEqualTo(before);

    world.time.pass(Duration.ofHours(1));
    second.complete(second.offered("later").getDealId());
    assertThat(world.players.get(PLAYER).orElseThrow().value().getEndedDealsCount()).isEqualTo(1);
  }

  /** It knew the time and was about to write, and then it was not heard of for a while. */
  @Test
  void setsNothingAsideWhenItComesBackAfterTheDealHasFailed() throws Exception {
    var about = new CountDownLatch(1);
    var back = new CountDownLatch(1);
    var first =
        world
        .new Instance(
            "first",
            new StepGate() {
              @Override
              public void reserving() {
                about.countDown();
                await(back);
              }
            });
    var parts = second.harvest("t1", KillMethod.POISON_KILL, PartType.EYE, PartType.EYE);
    var slow = second.negotiate(Family.CHATTER_SWARM, parts).getDeal();
    var other = second.negotiate(Family.CHATTER_SWARM, parts).getDeal();

    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var late = threads.submit(() -> first.complete(slow.getDealId()));
      await(about);
      // Another deal has the parts while the second instance takes over, and lets them go again.
      world.realm.fault("UpdateEntity", Fault.AWAY);
      second.attempt(other.getDealId());
      world.time.pass(Duration.ofSeconds(11));
      second.goOn(slow.getDealId());
      assertThat(second.deal(slow.getDealId()).getState()).isEqualTo(DealState.FAILED);
      world.realm.fault("UpdateEntity", Fault.REFUSED);
      world.settle(second);
      assertThat(second.deal(other.getDealId()).getState()).isEqualTo(DealState.FAILED);
      back.countDown();
      assertThat(late.get().getState()).isEqualTo(DealState.FAILED);
    }

    assertThat(second.parts()).hasSize(2).allMatch(part -> part.getState() == PartState.HELD);
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted", e);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void endsOnceWhenManyAskAtOnce(boolean refused) throws Exception {
    var first = world.new Instance("first");
    var offered = first.offered("t1");
    if (refused) {
      world.realm.fault("Publish", Fault.REFUSED);
    }
    List<Callable<Deal>> callers =
        Stream.generate(() -> List.of(first, second))
            .limit(4)
            .flatMap(List::stream)
            .<Callable<Deal>>map(instance -> () -> instance.complete(offered.getDealId()))
            .toList();

    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var states =
          threads.invokeAll(callers).stream().map(answer -> answer.resultNow().getState()).toList();
      assertThat(states).containsOnly(refused ? DealState.FAILED : DealState.COMPLETED);
    }

    assertThat(world.realm.calls("Credit")).isEqualTo(1);
    if (refused) {
      assertUnmade(offered);
    } else {
      assertMade(offered);
    }
  }
}
