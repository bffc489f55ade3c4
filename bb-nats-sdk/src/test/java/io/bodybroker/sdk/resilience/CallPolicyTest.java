package io.bodybroker.sdk.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.bodybroker.sdk.config.BusConfig;
import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.ErrorOrigin;
import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.testkit.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CallPolicyTest {
  private static final Duration BOUND = Duration.ofSeconds(10);

  private final List<String> heard = new ArrayList<>();
  private final AtomicInteger attempts = new AtomicInteger();

  private CallPolicy policy(UnaryOperator<BusConfig.Builder> settings) {
    var config =
        BusConfig.builder()
            .callBackoffMin(Duration.ofMillis(1))
            .callBackoffMax(Duration.ofMillis(2));
    return CallPolicy.create("echo", settings.apply(config).build(), new Recorder(), new Random(1));
  }

  private final class Recorder implements ResilienceListener {
    @Override
    public void retrying(String target, ErrorCode code) {
      heard.add("retrying " + code);
    }

    @Override
    public void budgetSpent(String target) {
      heard.add("budget spent");
    }

    @Override
    public void breakerChanged(String target, BreakerState from, BreakerState to, String reason) {
      heard.add(from + " to " + to);
    }
  }

  private static ServiceException error(
      ErrorCode code, ErrorOrigin origin, boolean mayHaveExecuted) {
    return ServiceException.builder(code, "no")
        .origin(origin)
        .mayHaveExecuted(mayHaveExecuted)
        .build();
  }

  private static long in(Duration timeout) {
    return System.nanoTime() + timeout.toNanos();
  }

  private ServiceException fail(CallPolicy policy, boolean repeatable, ServiceException error) {
    return catchThrowableOfType(
        ServiceException.class,
        () ->
            policy.execute(
                repeatable,
                in(BOUND),
                timeout -> {
                  attempts.incrementAndGet();
                  throw error;
                }));
  }

  private String succeed(CallPolicy policy) {
    return policy.execute(false, in(BOUND), timeout -> "answer");
  }

  @ParameterizedTest
  @CsvSource({
    // code, who made it, may have been done, repeatable: attempts
    "UNAVAILABLE, SERVER, false, false, 3", // draining, say: it certainly was not begun
    "UNAVAILABLE, SERVER, true, false, 1",
    "UNAVAILABLE, SERVER, true, true, 3",
    "UNAVAILABLE, CLIENT, true, true, 3", // the connection went while it waited
    "UNAVAILABLE, CLIENT, true, false, 1",
    "UNAVAILABLE, CLIENT, false, true, 1", // nobody listens: told at once
    "DEADLINE_EXCEEDED, CLIENT, true, true, 3",
    "DEADLINE_EXCEEDED, CLIENT, true, false, 1",
    "RESOURCE_EXHAUSTED, SERVER, false, true, 1", // it would only add to the load
    "INVALID_ARGUMENT, SERVER, false, true, 1",
    "INTERNAL, SERVER, true, true, 1",
    "ABORTED, SERVER, true, true, 1"
  })
  void repeatsOnlyWhatCannotBeDoneTwice(
      ErrorCode code, ErrorOrigin origin, boolean mayHaveExecuted, boolean repeatable, int wanted) {
    var error = error(code, origin, mayHaveExecuted);

    assertThat(fail(policy(config -> config), repeatable, error)).isSameAs(error);

    assertThat(attempts).hasValue(wanted);
  }

  @Test
  void answersWithTheFirstAttemptThatIsAnswered() {
    var answer =
        policy(config -> config)
            .execute(
                true,
                in(BOUND),
                timeout -> {
                  if (attempts.incrementAndGet() < 3) {
                    throw error(ErrorCode.UNAVAILABLE, ErrorOrigin.SERVER, false);
                  }
                  return "answer";
                });

    assertThat(answer).isEqualTo("answer");
    assertThat(heard).containsExactly("retrying UNAVAILABLE", "retrying UNAVAILABLE");
  }

  @Test
  void tellsThatAnEarlierAttemptMayHaveDoneTheWork() {
    var error =
        catchThrowableOfType(
            ServiceException.class,
            () ->
                policy(config -> config)
                    .execute(
                        true,
                        in(BOUND),
                        timeout -> {
                          throw attempts.incrementAndGet() == 1
                              ? error(ErrorCode.DEADLINE_EXCEEDED, ErrorOrigin.CLIENT, true)
                              : error(ErrorCode.UNAVAILABLE, ErrorOrigin.CLIENT, false);
                        }));

    assertThat(attempts).hasValue(2);
    assertThat(error.code()).isEqualTo(ErrorCode.UNAVAILABLE);
    assertThat(error.mayHaveExecuted()).isTrue();
  }

  @Test
  void tellsSoAlsoWhenTimeIsUpBeforeTheNextAttempt() {
    long deadline = in(Duration.ofMillis(20));
    var error =
        catchThrowableOfType(
            ServiceException.class,
            () ->
                policy(config -> config)
                    .execute(
                        true,
                        deadline,
                        timeout -> {
                          attempts.incrementAndGet();
                          Await.until(
                              BOUND, "time to be up", () -> System.nanoTime() - deadline > 0);
                          throw error(ErrorCode.DEADLINE_EXCEEDED, ErrorOrigin.CLIENT, true);
                        }));

    assertThat(attempts).hasValue(1);
    assertThat(error.mayHaveExecuted()).isTrue();
  }

  @Test
  void neverWaitsLongerThanTheCaller() {
    var policy =
        policy(config ->
            config.callBackoffMin(Duration.ofSeconds(30)).callBackoffMax(Duration.ofSeconds(40)));
    long begin = System.nanoTime();

    fail(policy, true, error(ErrorCode.UNAVAILABLE, ErrorOrigin.SERVER, false));

    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(BOUND);
    assertThat(attempts).hasValue(1);
  }

  @Test
  void makesNoAttemptWhenTimeIsUp() {
    var error =
        catchThrowableOfType(
            ServiceException.class,
            () ->
                policy(config -> config)
                    .execute(true, in(Duration.ZERO), timeout -> attempts.incrementAndGet()));

    assertThat(error.code()).isEqualTo(ErrorCode.DEADLINE_EXCEEDED);
    assertThat(error.mayHaveExecuted()).isFalse();
    assertThat(attempts).hasValue(0);
  }

  @Test
  void doesNotAmplifyAnOutage() {
    var policy = policy(config -> config.breakerMinimumCalls(100_000));

    for (int i = 0; i < 1_000; i++) {
      fail(policy, true, error(ErrorCode.UNAVAILABLE, ErrorOrigin.SERVER, false));
    }

    // 100 tokens, and nothing is repeated below half of them.
    assertThat(attempts.get()).isBetween(1_000, 1_100);
    assertThat(heard).contains("budget spent");
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"UNAVAILABLE", "DEADLINE_EXCEEDED", "CANCELLED"})
  void takesAnyAnswerForASignOfLife(ErrorCode code) {
    var policy = policy(config -> config.breakerMinimumCalls(5));

    for (int i = 0; i < 50; i++) {
      fail(policy, false, error(code, ErrorOrigin.SERVER, true));
    }

    assertThat(policy.breakerState()).isEqualTo(BreakerState.CLOSED);
  }

  @ParameterizedTest
  @EnumSource(names = {"UNAVAILABLE", "DEADLINE_EXCEEDED"})
  void opensWhenHalfOfTheCallsFailAndLetsNothingThrough(ErrorCode code) {
    var policy = policy(config -> config.breakerMinimumCalls(20));
    for (int i = 0; i < 10; i++) {
      succeed(policy);
      fail(policy, false, error(code, ErrorOrigin.SERVER, true));
    }
    assertThat(policy.breakerState()).isEqualTo(BreakerState.OPEN);
    attempts.set(0);

    var refusal = fail(policy, true, error(code, ErrorOrigin.CLIENT, true));

    assertThat(refusal.code()).isEqualTo(ErrorCode.UNAVAILABLE);
    assertThat(refusal.mayHaveExecuted()).isFalse();
    assertThat(refusal).hasMessageContaining("echo is failing");
    assertThat(attempts).as("neither made nor repeated").hasValue(0);
    assertThat(heard).containsExactly("CLOSED to OPEN");
  }

  @Test
  void closesAfterAsManyProbesAsItIsSet() {
    var policy = opened(Duration.ofMillis(20));
    Await.until(BOUND, "a probe to be let through", () -> isLetThrough(policy));
    succeed(policy);
    assertThat(policy.breakerState()).isEqualTo(BreakerState.HALF_OPEN);
    succeed(policy);

    assertThat(policy.breakerState()).isEqualTo(BreakerState.CLOSED);
    assertThat(heard).containsExactly("CLOSED to OPEN", "OPEN to HALF_OPEN", "HALF_OPEN to CLOSED");
  }

  @Test
  void opensAgainWhenAProbeFails() {
    var policy = opened(Duration.ofMillis(20));
    Await.until(BOUND, "a probe to be let through", () -> isLetThrough(policy));
    for (int i = 0; i < 2 && policy.breakerState() == BreakerState.HALF_OPEN; i++) {
      fail(policy, false, error(ErrorCode.UNAVAILABLE, ErrorOrigin.CLIENT, true));
    }

    assertThat(policy.breakerState()).isEqualTo(BreakerState.OPEN);
  }

  private CallPolicy opened(Duration open) {
    var policy = policy(config -> config.breakerMinimumCalls(5).breakerOpen(open).breakerProbes(3));
    for (int i = 0; i < 5; i++) {
      fail(policy, false, error(ErrorCode.UNAVAILABLE, ErrorOrigin.SERVER, true));
    }
    assertThat(policy.breakerState()).isEqualTo(BreakerState.OPEN);
    return policy;
  }

  private boolean isLetThrough(CallPolicy policy) {
    try {
      return succeed(policy).equals("answer");
    } catch (ServiceException e) {
      assertThat(e.code()).isEqualTo(ErrorCode.UNAVAILABLE);
      return false;
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void blamesNoTargetForWhatFailsOnThisSide(boolean mayHaveExecuted) {
    var policy = policy(config -> config.breakerMinimumCalls(5));

    for (int i = 0; i < 50; i++) {
      fail(policy, false, error(ErrorCode.UNAVAILABLE, ErrorOrigin.CLIENT, mayHaveExecuted));
    }

    assertThat(policy.breakerState()).isEqualTo(BreakerState.CLOSED);
  }

  @Test
  void letsNoMoreProbesThroughThanItIsSetHoweverManyCall() throws Exception {
    var policy = opened(Duration.ofMillis(50));
    var probes = new Held(policy);

    Await.until(BOUND, "three probes", () -> probes.start() && probes.inside() == 3);
    for (int i = 0; i < 100; i++) {
      probes.start();
    }
    Await.until(BOUND, "the others to be refused", probes::areAllDecided);

    probes.release();
    assertThat(probes.inside()).isEqualTo(3);
    assertThat(policy.breakerState()).isEqualTo(BreakerState.CLOSED);
  }

  @Test
  void takesNoCallFromBeforeItOpenedForAProbe() throws Exception {
    var policy =
        policy(config ->
            config.breakerMinimumCalls(5).breakerOpen(Duration.ofMillis(20)).breakerProbes(3));
    var before = new Held(policy);
    for (int i = 0; i < 10; i++) {
      before.start();
    }
    Await.until(BOUND, "ten calls under way", () -> before.inside() == 10);
    for (int i = 0; i < 5; i++) {
      fail(policy, false, error(ErrorCode.UNAVAILABLE, ErrorOrigin.SERVER, true));
    }
    Await.until(BOUND, "a probe to be let through", () -> isLetThrough(policy));

    before.release();

    assertThat(policy.breakerState()).isEqualTo(BreakerState.HALF_OPEN);
    var probes = new Held(policy);
    for (int i = 0; i < 10; i++) {
      probes.start();
    }
    Await.until(BOUND, "all to be let through or refused", probes::areAllDecided);
    probes.release();
    assertThat(probes.inside()).as("probes at once").isLessThanOrEqualTo(3);
  }

  /** Calls that stay under way until they are released, and then are answered. */
  private static final class Held {
    private final CallPolicy policy;
    private final CountDownLatch gate = new CountDownLatch(1);
    private final AtomicInteger inside = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();
    private final List<Thread> threads = new ArrayList<>();

    Held(CallPolicy policy) {
      this.policy = policy;
    }

    boolean start() {
      threads.add(Thread.ofVirtual().start(this::call));
      return true;
    }

    private void call() {
      try {
        policy.execute(
            false,
            in(BOUND),
            timeout -> {
              inside.incrementAndGet();
              return isReleased();
            });
      } catch (ServiceException e) {
        refused.incrementAndGet();
      }
    }

    private boolean isReleased() {
      try {
        return gate.await(BOUND.toSeconds(), TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }

    int inside() {
      return inside.get();
    }

    /** Whether each is under way or was refused. */
    boolean areAllDecided() {
      return inside.get() + refused.get() == threads.size();
    }

    void release() throws InterruptedException {
      gate.countDown();
      for (Thread thread : threads) {
        thread.join();
      }
    }
  }

  @Test
  void refusesAtOnceWhatIsOverTheBulkhead() throws Exception {
    var policy = policy(config -> config.callMaxConcurrency(1));
    var inside = new CountDownLatch(1);
    var release = new CountDownLatch(1);
    var first =
        Thread.ofVirtual()
            .start(() ->
                policy.execute(
                    false,
                    in(BOUND),
                    timeout -> {
                      inside.countDown();
                      try {
                        release.await();
                      } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                      }
                      return "answer";
                    }));
    inside.await();

    var refusal = catchThrowableOfType(ServiceException.class, () -> succeed(policy));

    assertThat(refusal.code()).isEqualTo(ErrorCode.RESOURCE_EXHAUSTED);
    assertThat(refusal.mayHaveExecuted()).isFalse();
    release.countDown();
    first.join();
    assertThat(succeed(policy)).isEqualTo("answer");
  }

  @Test
  void waitsHalfOfTheDoubledTimeForSure() {
    var backoff = new Backoff(Duration.ofMillis(50), Duration.ofMillis(500), new Random(7));
    for (int failures = 1; failures < 40; failures++) {
      long cap = Math.min(50L << Math.min(failures - 1, 20), 500L);

      assertThat(Duration.ofNanos(backoff.nanos(failures)))
          .isBetween(Duration.ofMillis(cap / 2), Duration.ofMillis(cap));
    }
  }
}
