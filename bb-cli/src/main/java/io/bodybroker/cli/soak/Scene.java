package io.bodybroker.cli.soak;

import io.bodybroker.testkit.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;

/** What a soak has at hand: a fleet under load, and everything that watches it. */
final class Scene implements AutoCloseable {
  private static final Duration WARM_UP = Duration.ofSeconds(60);
  private static final int WARM = 4;

  /** Longer than any call may take. */
  private static final Duration LAST_CALLS = Duration.ofSeconds(25);

  private final Fleet fleet;
  private final SoakOptions options;
  private final RandomGenerator random;
  private final Increments increments;
  private final NatsCalls nats;
  private final Balancer balancer;
  private final GatewayCalls http;
  private final List<Traffic> traffic;
  private final Timeline timeline;
  private final Ledger ledger;
  private final HealthWatch health;
  private final Load load;

  /**
   * Sets the load on.
   *
   * @param run a name that no other soak of this fleet has
   */
  Scene(Fleet fleet, String run, SoakOptions options) {
    this.fleet = fleet;
    this.options = options;
    this.random = new Random(options.seed());
    this.increments = new Increments(run);
    this.nats = NatsCalls.connect(fleet.nats().url(), run, increments);
    this.balancer = new Balancer(fleet.gateways().stream().map(Member::gatewayPort).toList());
    this.http = new GatewayCalls(balancer, run, nats.document(), increments);
    this.traffic =
        List.of(
            nats.read(),
            http.read(),
            nats.weather(),
            http.weather(),
            nats.increment(),
            http.increment());
    try {
      warmUp();
    } catch (RuntimeException | AssertionError e) {
      balancer.close();
      nats.close();
      throw e;
    }
    this.timeline = new Timeline();
    this.ledger = new Ledger(timeline);
    this.health = new HealthWatch(timeline);
    fleet.members().forEach(health::add);
    this.load = Load.start(ledger, traffic, options.rate());
  }

  /** What a process does for the first time takes long, and is not what is to be measured. */
  private void warmUp() {
    var kinds = new ArrayList<>(List.of(NatsCalls.traffic("nats update", nats::update)));
    kinds.addAll(traffic);
    for (Traffic kind : kinds) {
      Await.until(
          WARM_UP,
          kind.name() + " to be answered",
          () -> {
            for (int i = 0; i < WARM; i++) {
              kind.action().call(i);
            }
            return true;
          });
    }
  }

  Fleet fleet() {
    return fleet;
  }

  /** What was asked for. */
  SoakOptions options() {
    return options;
  }

  /** Chance, the same with the same seed. */
  RandomGenerator random() {
    return random;
  }

  Timeline timeline() {
    return timeline;
  }

  Ledger ledger() {
    return ledger;
  }

  HealthWatch health() {
    return health;
  }

  /** The kinds of calls that are made all the time. */
  List<Traffic> traffic() {
    return traffic;
  }

  /** Opens streams; whoever does closes them. */
  Streams openStreams() {
    return new Streams(nats, balancer, ledger, timeline);
  }

  /**
   * Calls that take long, because each waits for the others, and those that make further calls, all
   * at once; returns when many of them are under way.
   *
   * @param name of this burst among those of the soak
   * @return how many calls are under way
   */
  int burst(String name) {
    load.burst(
        List.of(
            nats.contend(name), http.contend(name), nats.weather(), http.weather(), nats.force()),
        options.burst());
    Await.until(LAST_CALLS, "calls to be under way", () -> ledger.underWay() > options.burst() / 2);
    return ledger.underWay();
  }

  /** Ends the load, waits for the last calls, and looks what all of them have done. */
  Increments.Audit endLoad() {
    load.close();
    try {
      Await.until(LAST_CALLS, "the last calls to end", () -> ledger.underWay() == 0);
    } catch (AssertionError late) {
      timeline.note(ledger.underWay() + " calls neither answered nor failed");
    }
    return increments.audit(nats::numbers);
  }

  @Override
  public void close() {
    load.close();
    health.close();
    balancer.close();
    nats.close();
  }
}
