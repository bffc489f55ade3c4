package io.bodybroker.bodybrokerintegration;

import static io.bodybroker.bodybrokerintegration.TestRealm.PLAYER;
import static org.assertj.core.api.Assertions.assertThat;

import io.bodybroker.bodybrokerintegration.Realm.Fault;
import io.bodybroker.bodybrokerintegration.TestRealm.Instance;
import io.bodybroker.bodybrokerintegration.state.v1.StoredDeal;
import io.bodybroker.bodybrokerintegration.v1.BodyPart;
import io.bodybroker.bodybrokerintegration.v1.DealCompleted;
import io.bodybroker.bodybrokerintegration.v1.DealPart;
import io.bodybroker.bodybrokerintegration.v1.DealState;
import io.bodybroker.bodybrokerintegration.v1.DealStepName;
import io.bodybroker.bodybrokerintegration.v1.DealStepState;
import io.bodybroker.bodybrokerintegration.v1.Family;
import io.bodybroker.bodybrokerintegration.v1.KillMethod;
import io.bodybroker.bodybrokerintegration.v1.PartState;
import io.bodybroker.bodybrokerintegration.v1.PartType;
import io.bodybroker.payment.v1.Currency;
import io.bodybroker.sdk.store.Versioned;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * Whatever players do while instances are killed and other services fail: in the end every part is
 * held or sold once, every completed deal is paid and delivered once, and no other is.
 */
class TradeInvariantsTest {
  private static final List<String> CALLS =
      List.of("UpdateEntity", "DeleteEntity", "Credit", "Debit", "Publish", "GetEntity");

  private static final List<Fault> FAULTS = List.of(Fault.values());

  private static final class Killed extends Error {
    private static final long serialVersionUID = 1L;
  }

  private final class Evening {
    private final TestRealm world = new TestRealm();
    private final SplittableRandom random;
    private final List<Instance> instances = new ArrayList<>();
    private final List<String> deals = new ArrayList<>();
    private int bodies;
    private boolean isDeadly = true;

    Evening(long seed) {
      random = new SplittableRandom(seed);
      instances.add(world.new Instance("one", gate()));
      instances.add(world.new Instance("two", gate()));
    }

    /** One moment in ten is somebody's last. */
    private StepGate gate() {
      return new StepGate() {
        @Override
        public void before(DealStepName step, boolean isUndoing) {
          die();
        }

        @Override
        public void after(DealStepName step, boolean isUndoing) {
          die();
        }

        private void die() {
          if (isDeadly && random.nextInt(10) == 0) {
            throw new Killed();
          }
        }
      };
    }

    private Instance any() {
      return instances.get(random.nextInt(2));
    }

    void play() {
      for (int i = 0; i < 60; i++) {
        try {
          act();
        } catch (Killed e) {
          // Its deal is left as a process that is killed leaves it.
          world.time.pass(Duration.ofSeconds(1));
        }
      }
      isDeadly = false;
      world.realm.heal();
      world.settle(instances.getFirst());
    }

    private void act() {
      switch (random.nextInt(6)) {
        case 0 -> any().harvest("t" + bodies++, KillMethod.POISON_KILL, PartType.EYE, PartType.EYE);
        case 1 -> offer();
        case 2, 3 -> {
          if (!deals.isEmpty()) {
            tryDeal(deals.get(random.nextInt(deals.size())));
          }
        }
        case 4 ->
            world.realm.fault(
                CALLS.get(random.nextInt(CALLS.size())), FAULTS.get(random.nextInt(FAULTS.size())));
        default -> {
          world.realm.heal();
          world.time.pass(Duration.ofSeconds(random.nextInt(15)));
        }
      }
    }

    private void offer() {
      var parts = any().parts().stream().filter(part -> part.getState() == PartState.HELD).toList();
      if (!parts.isEmpty()) {
        int from = random.nextInt(parts.size());
        int to = from + 1 + random.nextInt(parts.size() - from);
        var answer = any().negotiate(Family.CHATTER_SWARM, parts.subList(from, to));
        if (answer.hasDeal()) {
          deals.add(answer.getDeal().getDealId());
        }
      }
    }

    /** Accepts it if it is on offer, and goes on with it, on whichever instance. */
    private void tryDeal(String deal) {
      if (any().deal(deal).getState() == DealState.OFFERED) {
        any().accept(deal);
      }
      any().goOn(deal);
    }

    void assertWhole() {
      var documents = world.documents.list("").stream().map(Versioned::value).toList();
      assertThat(documents)
          .extracting(StoredDeal::getState)
          .doesNotContain(DealState.EXECUTING, DealState.COMPENSATING);
      var completed =
          documents.stream().filter(deal -> deal.getState() == DealState.COMPLETED).toList();
      var sold =
          completed.stream()
              .flatMap(deal -> deal.getPartsList().stream())
              .map(DealPart::getPartId)
              .toList();
      var held = instances.getFirst().parts().stream().map(BodyPart::getPartId).toList();
      assertThat(sold).doesNotHaveDuplicates().noneMatch(held::contains);
      assertThat(sold.size() + held.size()).isEqualTo(2 * bodies);
      assertThat(instances.getFirst().parts())
          .noneMatch(part -> part.getState() == PartState.RESERVED);
      assertThat(world.realm.balance(PLAYER, Currency.HIVE_NECTAR))
          .isEqualTo(completed.stream().mapToLong(deal -> deal.getPayment().getQuantity()).sum());
      assertThat(world.realm.deliveries()).isEqualTo(completed.size());
      // One that stands because its payment was spent may have been refused by the bus.
      assertThat(world.realm.announced())
          .isEqualTo(completed.stream().filter(TradeInvariantsTest::isAnnounced).count());
      assertThat(world.events(DealCompleted.class)).isEqualTo(completed.size());
    }
  }

  private static boolean isAnnounced(StoredDeal deal) {
    return deal.getStepsList().stream()
        .anyMatch(step ->
            step.getName() == DealStepName.ANNOUNCE && step.getState() == DealStepState.DONE);
  }

  /** A delivery whose answer was lost, and that is refused when it is tried again. */
  @Example
  void nothingIsHalfDoneWhenARefusalFollowsALostAnswer() {
    var evening = new Evening(9089248623532L);
    evening.play();
    evening.assertWhole();
  }

  @Property(tries = 200)
  void nothingIsHalfDone(@ForAll long seed) {
    var evening = new Evening(seed);
    evening.play();
    evening.assertWhole();
  }
}
