package io.bodybroker.cli;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bodybroker.sdk.config.BusConfig;
import io.bodybroker.testkit.NatsServer;
import io.bodybroker.testkit.Ports;
import io.bodybroker.testkit.TestAuthority;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConnectingTest {
  private static BusConfig to(String url) {
    return BusConfig.builder().natsUrls(List.of(url)).build();
  }

  @Test
  void saysThatThePasswordIsWrongAndDoesNotShowIt() {
    String users = "authorization { user: user, password: right }";
    try (var nats = NatsServer.builder().config(users).start()) {
      String wrong = nats.url().replace("://", "://user:S3cr3t@");

      assertThatThrownBy(() -> Connecting.toBus(to(wrong)))
          .isInstanceOf(CommandException.class)
          .hasMessageStartingWith("not connected to NATS at [" + nats.url() + "] within 5 s: ")
          .hasMessageContaining("Authorization Violation")
          .message()
          .doesNotContain("S3cr3t", "is `./bb up` running?");
    }
  }

  @Test
  void saysThatTheCertificateExpired() {
    var expired =
        TestAuthority.create("authority")
            .certificate("server")
            .hosts("127.0.0.1")
            .valid(Instant.parse("2025-01-01T00:00:00Z"), Instant.parse("2025-03-01T00:00:00Z"));
    try (var nats = NatsServer.builder().tls(expired.create()).start()) {
      assertThatThrownBy(() -> Connecting.toBus(to(nats.url())))
          .hasMessageStartingWith("not connected to NATS at [" + nats.url() + "] within 5 s: ")
          .hasMessageContaining("expired on 2025-03-01T00:00:00Z");
    }
  }

  @Test
  void saysWhereItLookedWhenNobodyListensWithoutThePassword() {
    int port = Ports.find(1).getFirst();

    assertThatThrownBy(() -> Connecting.toBus(to("nats://user:S3cr3t@127.0.0.1:" + port)))
        .hasMessage(
            "no NATS server at [nats://127.0.0.1:%d] within 5 s; is `./bb up` running?"
                    .formatted(port)
                + " NATS_URL says where it is");
  }
}
