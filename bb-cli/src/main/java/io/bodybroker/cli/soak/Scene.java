package io.bodybroker.cli.soak;

import io.bodybroker.cli.process.Program;
import io.bodybroker.testkit.Await;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;

/** What a soak has at hand: a fleet under load, and everything that watches it. */
final class Scene implements AutoCloseable {
  private static final Duration WARM_UP = Duration.ofSeconds(60);
  private static final Duration IN_SERVICE_BOUND = Duration.ofSeconds(30);
  private static final Duration CALM = Duration.ofSeconds(30);

  /** For so long calls are answered, each within so much, before the next fault is caused. */
  private static final Duration LATELY = Duration.ofSeconds(1);

  private static final Duration TOLERABLE = Duration.ofSeconds(1);

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
    this.http = new GatewayCalls(balancer, run, nats.document(), nats.session(WARM_UP), increments);
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

  /**
   * What a process does for the first time takes long, and is not what is to be measured; nor is
   * what an earlier soak has left behind.
   */
  private void warmUp() {
    var first = NatsCalls.traffic("nats update", nats::update);
    Await.until(
        WARM_UP,
        "a document to be written",
        () -> {
          first.action().call(0);
          return true;
        });
    var warming = new Ledger(new Timeline());
    try (var load = Load.start(warming, traffic, options.rate())) {
      Await.until(WARM_UP, "calls to be answered soon", () -> isCalm(warming));
    }
  }

  private boolean isCalm(Ledger ledger) {
    return ledger.isCalm(traffic.stream().map(Traffic::name).toList(), LATELY, TOLERABLE);
  }

  /**
   * Waits until calls have been answered soon for a while from now on; if that takes too long, goes
   * on.
   */
  void awaitCalm() {
    Duration soonest = timeline.now().plus(LATELY);
    try {
      Await.until(
          CALM,
          "calls to be answered soon",
          () -> timeline.now().compareTo(soonest) >= 0 && isCalm(ledger));
    } catch (AssertionError late) {
      timeline.note(String.valueOf(late.getMessage()));
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

  /** Opens streams; whoever does closes them. */
  Streams openStreams() {
    return new Streams(nats, balancer, ledger, timeline);
  }

  /**
   * Waits until a member is ready and, if it is a gateway, gets its share of requests: a deployment
   * goes on to the next when the load balancer has taken this one in.
   */
  void awaitInService(Member member) {
    fleet.awaitReady(member);
    if (member.program().equals(Program.gateway())) {
      Await.until(
          IN_SERVICE_BOUND, "requests to " + member, () -> balancer.sendsTo(member.gatewayPort()));
    }
  }

  /**
   * Calls that take long, because each waits for the others, and those that make further calls, all
   * at once; returns when many of them are under way, or all are over already.
   *
   * @param name of this burst among those of the soak
   * @return how many calls are under way
   */
  int burst(String name) {
    var kinds =
        List.of(
            nats.contend(name), http.contend(name), nats.weather(), http.weather(), nats.force());
    int over = ledger.ended() + kinds.size() * options.burst();
    load.burst(kinds, options.burst());
    Await.until(
        LAST_CALLS,
        "calls to be under way",
        () -> ledger.underWay() > options.burst() / 2 || ledger.ended() >= over);
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
