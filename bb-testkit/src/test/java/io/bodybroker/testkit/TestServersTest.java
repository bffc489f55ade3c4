package io.bodybroker.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.bodybroker.testkit.TestServers.Scope;
import io.nats.client.Connection;
import io.nats.client.Nats;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.EventStatistics;

class TestServersTest {

  // @start region="example"
  @TestServers
  static class PingTest {

    @Test
    void roundTripIsShort(NatsServer nats) throws Exception {
      try (Connection client = Nats.connect(nats.url())) {
        assertThat(client.RTT()).isLessThan(Duration.ofSeconds(1));
      }
    }
  }

  // @end

  @Test
  void givesATestAServer() {
    run(PingTest.class, 1, 0);
  }

  @TestServers
  @TestMethodOrder(MethodOrderer.MethodName.class)
  static class SharedCase {
    static final List<TestServer> SEEN = new ArrayList<>();

    @BeforeAll
    static void all(NatsServer nats) {
      SEEN.add(nats);
    }

    @BeforeEach
    void each(NatsServer nats) {
      assertThat(nats.isRunning()).isTrue();
      SEEN.add(nats);
    }

    @Test
    void test1Kills(NatsServer nats, RedisServer redis) {
      nats.kill();
      redis.pause();
      SEEN.add(redis);
    }

    @Test
    void test2FindsThemHealed(NatsServer nats, RedisServer redis) {
      assertThat(nats.isRunning()).isTrue();
      assertThat(redis.isRunning()).isTrue();
    }

    @Nested
    class Inner {
      @Test
      void seesTheSame(NatsServer nats) {
        SEEN.add(nats);
      }
    }
  }

  @Test
  void sharesServersInAClassHealsThemBetweenTestsAndClosesThemAtItsEnd() {
    SharedCase.SEEN.clear();

    run(SharedCase.class, 3, 0);

    assertThat(new HashSet<>(SharedCase.SEEN)).hasSize(2);
    assertThat(SharedCase.SEEN).allSatisfy(TestServersTest::assertClosed);
  }

  @TestServers(scope = Scope.METHOD, jetStream = false, natsConfig = "max_payload: 4096")
  static class OwnCase {
    static final List<TestServer> SEEN = new ArrayList<>();
    private final NatsServer ofInstance;

    OwnCase(NatsServer nats) {
      ofInstance = nats;
    }

    @RepeatedTest(2)
    void hasItsOwn(NatsServer nats) throws Exception {
      assertThat(nats).isSameAs(ofInstance);
      assertThat(Loopback.firstLine(nats.port(), ""))
          .contains("\"max_payload\":4096")
          .doesNotContain("jetstream");
      assertThat(SEEN).allSatisfy(TestServersTest::assertClosed);
      SEEN.add(nats);
    }
  }

  @Test
  void givesEachTestServersOfItsOwnIfWanted() {
    OwnCase.SEEN.clear();

    run(OwnCase.class, 2, 0);

    assertThat(OwnCase.SEEN).doesNotHaveDuplicates().hasSize(2);
  }

  @TestServers
  static class FailingCase {
    @Test
    void breaks(NatsServer nats) {
      fail("on purpose, with " + nats);
    }
  }

  @Test
  void logsWhatTheServersSaidWhenATestFails() {
    String logged = logOf(() -> run(FailingCase.class, 0, 1));

    assertThat(logged)
        .contains("breaks(NatsServer) failed")
        .contains("--- log of nats-")
        .contains("Server is ready");
  }

  @Test
  void logsNothingWhenAllIsWell() {
    assertThat(logOf(() -> run(PingTest.class, 1, 0))).isEmpty();
  }

  private static void run(Class<?> testClass, int succeeding, int failing) {
    EngineTestKit.engine("junit-jupiter")
        .selectors(selectClass(testClass))
        .execute()
        .testEvents()
        .assertStatistics((EventStatistics s) -> s.succeeded(succeeding).failed(failing));
  }

  private static void assertClosed(TestServer server) {
    assertThat(server).asString().contains("closed");
  }

  private static String logOf(Runnable action) {
    var text = new CopyOnWriteArrayList<String>();
    var handler =
        new Handler() {
          @Override
          public void publish(LogRecord entry) {
            text.add(new SimpleFormatter().formatMessage(entry));
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    Logger logger = Logger.getLogger("io.bodybroker.testkit");
    logger.addHandler(handler);
    logger.setUseParentHandlers(false);
    try {
      action.run();
    } finally {
      logger.removeHandler(handler);
      logger.setUseParentHandlers(true);
    }
    return String.join("\n", text);
  }
}
