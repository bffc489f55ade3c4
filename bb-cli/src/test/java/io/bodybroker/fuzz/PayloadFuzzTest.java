package io.bodybroker.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.bodybroker.sdk.config.BusConfig;
import io.bodybroker.sdk.host.ServiceHost;
import io.bodybroker.sdk.host.ServiceModule;
import io.bodybroker.sdk.rpc.RpcMethod;
import io.bodybroker.sdk.rpc.ServiceContract;
import io.bodybroker.testkit.Await;
import io.bodybroker.testkit.NatsServer;
import io.bodybroker.testkit.RedisServer;
import io.bodybroker.testkit.TestServers;
import io.nats.client.Connection;
import io.nats.client.Nats;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/**
 * 10,000 payloads to every subject of every contract, all services in this JVM: each is answered
 * once, and never as our mistake; then a valid call succeeds, and nothing is left behind. {@code
 * -Dfuzz.seed} repeats a run, {@code -Dfuzz.payloads} makes it longer.
 */
@TestServers
@TestInstance(Lifecycle.PER_CLASS)
class PayloadFuzzTest {
  private static final int PAYLOADS = Integer.getInteger("fuzz.payloads", 1_000);
  private static final int WARM_UP = PAYLOADS / 10;
  private static final Duration BOUND = Duration.ofSeconds(30);
  private static final int MORE_THREADS = 10;
  private static final long MORE_HEAP = 32L << 20;

  /** What a valid request to a service in good health does not get. */
  private static final List<String> ILL =
      List.of(
          "INTERNAL",
          "UNKNOWN",
          "UNAVAILABLE",
          "DEADLINE_EXCEEDED",
          "RESOURCE_EXHAUSTED",
          "INVALID_ARGUMENT");

  private final long seed = Long.getLong("fuzz.seed", new Random().nextInt());
  private ServiceHost host;
  private Connection stranger;
  private int threads;
  private long heap;

  @BeforeAll
  void start(NatsServer nats, RedisServer redis) throws Exception {
    var config =
        BusConfig.builder()
            .name("fuzz")
            .natsUrls(List.of(nats.url()))
            .redisUrl(redis.url())
            .healthHost("127.0.0.1")
            .healthPort(0)
            .build();
    var modules =
        ServiceLoader.load(ServiceModule.class).stream()
            .map(ServiceLoader.Provider::get)
            .toArray(ServiceModule[]::new);
    host = ServiceHost.builder(modules).config(config).start();
    stranger = Nats.connect(nats.url());
    assertThat(host.awaitReady(BOUND)).isTrue();
    for (RpcMethod<?, ?> method : methods().toList()) {
      fuzz(method, WARM_UP);
    }
    threads = threads();
    heap = heapInUse();
  }

  @AfterAll
  void end() throws Exception {
    stranger.close();
    host.close();
  }

  private static Stream<RpcMethod<?, ?>> methods() {
    return ServiceContract.onClassPath().stream().flatMap(contract -> contract.methods().stream());
  }

  @TestFactory
  Stream<DynamicTest> everyRequestIsAnsweredOnceAndLeavesNothingBehind() {
    return Stream.concat(
        methods()
            .map(
                method -> DynamicTest.dynamicTest(method.toString(), () -> fuzz(method, PAYLOADS))),
        Stream.of(
            DynamicTest.dynamicTest("no thread is left", this::assertNoThreadLeft),
            DynamicTest.dynamicTest("no memory is left", this::assertNoMemoryLeft)));
  }

  private void fuzz(RpcMethod<?, ?> method, int count) throws Exception {
    try (var volley = new Volley(method, stranger, count, seed)) {
      volley.fire(BOUND);
      Await.untilSeen(BOUND, "nothing in flight after " + method, host::inFlight, n -> n == 0);
      Await.untilSeen(
          BOUND,
          "an answer to a valid request to " + method,
          () -> volley.probe(BOUND),
          code -> !ILL.contains(code));
      assertThat(volley.defects())
          .as("-Dfuzz.seed=%d, %s, answers %s", seed, method, volley.answers())
          .isEmpty();
    }
  }

  private void assertNoThreadLeft() {
    Await.untilSeen(
        BOUND,
        "at most %d threads more than %d".formatted(MORE_THREADS, threads),
        PayloadFuzzTest::threads,
        n -> n <= threads + MORE_THREADS);
  }

  private void assertNoMemoryLeft() {
    Await.untilSeen(
        BOUND,
        "at most %d MiB of heap more than %d".formatted(MORE_HEAP >> 20, heap >> 20),
        PayloadFuzzTest::heapInUse,
        used -> used <= heap + MORE_HEAP);
  }

  private static int threads() {
    return ManagementFactory.getThreadMXBean().getThreadCount();
  }

  private static long heapInUse() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
