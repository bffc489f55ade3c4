package io.bodybroker.sdk.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.bodybroker.sdk.host.ServiceHost;
import io.bodybroker.sdk.test.v1.EchoContract;
import io.bodybroker.testkit.NatsServer;
import io.bodybroker.testkit.TestServers;
import io.nats.client.Connection;
import io.nats.client.Nats;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
