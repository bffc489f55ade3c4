package io.bodybroker.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.bodybroker.bench.ends.JnatsServer;
import io.nats.client.Connection;
import io.nats.client.Nats;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class BrokerTest {
  private static final Duration BOUND = Duration.ofSeconds(10);

  /** A queue group of two would have calls answered by who is not measured. */
  @Test
  void keepsServicesOfTheSameSubjectApart() throws Exception {
    try (var broker = Broker.start()) {
      String one = broker.newAccount();
      String other = broker.newAccount();
      assertThat(one).isNotEqualTo(other);
      try (var oneServer = answering(one, "one");
          var otherServer = answering(other, "other");
          Connection oneCaller = Nats.connect(oneServer.address());
          Connection otherCaller = Nats.connect(otherServer.address())) {
        for (int i = 0; i < 20; i++) {
          assertThat(answerOf(oneCaller)).isEqualTo("one");
          assertThat(answerOf(otherCaller)).isEqualTo("other");
        }
      }
    }
  }

  private static String answerOf(Connection caller) throws InterruptedException {
    var answer = Objects.requireNonNull(caller.request("echo", null, BOUND), "no answer");
    return new String(answer.getData(), StandardCharsets.UTF_8);
  }

  private static Service.Server answering(String url, String answer) throws Exception {
    return JnatsServer.start(
        url,
        "echo",
        (connection, request) ->
            connection.publish(request.getReplyTo(), answer.getBytes(StandardCharsets.UTF_8)));
  }
}
