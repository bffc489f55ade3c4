package io.bodybroker.sdk.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bodybroker.sdk.Bus;
import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.sdk.host.ServiceHost;
import io.bodybroker.sdk.test.v1.EchoClient;
import io.bodybroker.sdk.test.v1.EchoContract;
import io.bodybroker.sdk.test.v1.EchoRequest;
import io.bodybroker.sdk.test.v1.EchoResponse;
import io.bodybroker.testkit.Await;
import io.bodybroker.testkit.NatsServer;
import io.bodybroker.testkit.TestServers;
import io.nats.client.Connection;
import io.nats.client.Nats;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** What ADR-32 asks of a service, read by the classes that jnats has for it. */
@TestServers
class DiscoveryTest {
  private static final Duration BOUND = Duration.ofSeconds(5);

  private final NatsServer nats;

  DiscoveryTest(NatsServer nats) {
    this.nats = nats;
  }

  @Test
  void answersPingInfoAndStatsForAllByNameAndById() throws Exception {
    try (var echo = RunningEcho.start(nats.url(), new TestEcho());
        Connection tool = Nats.connect(nats.url())) {
      Way.BLOCKING.echo(echo.client(), "one");

      var tools = new io.nats.service.Discovery(tool, BOUND.toMillis(), 1);
      var ping = tools.ping().getFirst();
      assertThat(ping.getType()).isEqualTo("io.nats.micro.v1.ping_response");
      assertThat(ping.getName()).isEqualTo("echo");
      assertThat(ping.getVersion()).matches("\\d+\\.\\d+\\.\\d+");
      assertThat(tools.ping("echo")).extracting(found -> found.getId()).contains(ping.getId());

      var info = tools.info("echo", ping.getId());
      assertThat(info.getEndpoints())
          .extracting(endpoint -> endpoint.getSubject())
          .contains(EchoContract.ECHO.subject(), EchoContract.ACT.subject());
      assertThat(info.getEndpoints())
          .allSatisfy(endpoint ->
              assertThat(endpoint.getQueueGroup()).isEqualTo(EchoContract.CONTRACT.queueGroup()));

      var stats = tools.stats("echo", ping.getId());
      assertThat(stats.getEndpointStatsList())
          .filteredOn(endpoint -> endpoint.getName().equals("echo"))
          .singleElement()
          .satisfies(endpoint -> assertThat(endpoint.getNumRequests()).isEqualTo(1));
    }
  }

  @Test
  void tellsHowManyRequestsFailedOfAll() throws Exception {
    var gate = new CountDownLatch(1);
    var interrupted = new CountDownLatch(1);
    var service =
        new TestEcho(request -> {
          if (request.getText().equals("late")) {
            await(gate, interrupted);
          } else if (request.getText().equals("unknown")) {
            throw ServiceException.of(ErrorCode.NOT_FOUND, "no such text");
          }
          return EchoResponse.getDefaultInstance();
        });
    var once = RunningEcho.config(nats.url()).callAttempts(1).build();
    try (var echo = RunningEcho.start(nats.url(), service);
        Bus caller = Bus.connect(once);
        Connection tool = Nats.connect(nats.url())) {
      assertThat(caller.awaitConnected(BOUND)).isTrue();
      var client = EchoClient.on(caller);
      Way.BLOCKING.echo(client, "one");
      assertThatThrownBy(() -> Way.BLOCKING.echo(client, "unknown"))
          .isInstanceOf(ServiceException.class);

      var tools = new io.nats.service.Discovery(tool, BOUND.toMillis(), 1);
      var stats = awaitCounted(tools, 2, 1, "NOT_FOUND");
      assertThat(stats.getProcessingTime()).isPositive();
      assertThat(stats.getAverageProcessingTime())
          .isEqualTo(stats.getProcessingTime() / stats.getNumRequests());

      // Its caller is answered at the deadline, when its handler is still at work.
      var late = EchoRequest.newBuilder().setText("late").build();
      assertThatThrownBy(() -> client.echo(late, CallOptions.timeout(Duration.ofSeconds(1))))
          .isInstanceOf(ServiceException.class);
      Await.until(BOUND, "the handler to be interrupted", () -> interrupted.getCount() == 0);
      gate.countDown();

      var unused = awaitCounted(tools, 3, 2, "DEADLINE_EXCEEDED");
    }
  }

  private static io.nats.service.EndpointStats awaitCounted(
      io.nats.service.Discovery tools, long requests, long errors, String lastError) {
    Await.untilAsserted(
        BOUND,
        requests + " requests to be counted",
        () -> {
          var stats = echoStats(tools);
          assertThat(stats.getNumRequests()).isEqualTo(requests);
          assertThat(stats.getNumErrors()).isEqualTo(errors);
          assertThat(stats.getLastError()).isEqualTo(lastError);
        });
    return echoStats(tools);
  }

  private static io.nats.service.EndpointStats echoStats(io.nats.service.Discovery tools) {
    return tools.stats("echo").getFirst().getEndpointStatsList().stream()
        .filter(endpoint -> endpoint.getName().equals("echo"))
        .findFirst()
        .orElseThrow();
  }

  /** As work that goes on when it is interrupted. */
  private static void await(CountDownLatch gate, CountDownLatch interrupted) {
    while (gate.getCount() > 0) {
      try {
        gate.await();
      } catch (InterruptedException e) {
        interrupted.countDown();
      }
    }
  }

  @Test
  void findsMoreInstancesThanTheTenThatOthersStopAt() throws Exception {
    var hosts = new ArrayList<ServiceHost>();
    try (var echo = RunningEcho.start(nats.url(), new TestEcho())) {
      for (int i = 0; i < 11; i++) {
        hosts.add(
            ServiceHost.start(
                context -> context.serve(new TestEcho()),
                RunningEcho.config(nats.url()).instance("instance-" + i).build()));
      }
      for (ServiceHost host : hosts) {
        assertThat(host.awaitReady(BOUND)).isTrue();
      }

      List<ServiceInstance> found = echo.bus().discovery().findAll(Duration.ofSeconds(1));

      assertThat(found).extracting(ServiceInstance::instance).hasSize(12).doesNotHaveDuplicates();
    } finally {
      hosts.forEach(ServiceHost::close);
    }
  }
}
