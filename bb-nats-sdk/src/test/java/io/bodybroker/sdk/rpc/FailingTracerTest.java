package io.bodybroker.sdk.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bodybroker.sdk.Bus;
import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.sdk.host.ServiceHost;
import io.bodybroker.sdk.test.v1.EchoClient;
import io.bodybroker.testkit.NatsServer;
import io.bodybroker.testkit.TestServers;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.TracerProvider;
import io.opentelemetry.context.propagation.ContextPropagators;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What an application installs for tracing may be broken; that must not use up a service. */
@TestServers
class FailingTracerTest {
  private static final Duration BOUND = Duration.ofSeconds(20);
  private static final int AT_ONCE = 2;

  private final NatsServer nats;

  FailingTracerTest(NatsServer nats) {
    this.nats = nats;
  }

  /** An OpenTelemetry of which no span can be begun. */
  private static final class Broken implements OpenTelemetry {
    @Override
    public TracerProvider getTracerProvider() {
      return new TracerProvider() {
        @Override
        public Tracer get(String scope) {
          return name -> {
            throw new IllegalStateException("no span for " + name);
          };
        }

        @Override
        public Tracer get(String scope, String version) {
          return get(scope);
        }
      };
    }

    @Override
    public ContextPropagators getPropagators() {
      return ContextPropagators.noop();
    }
  }

  @Test
  void answersAndGivesThePlaceOfTheRequestUp() throws Exception {
    var config = RunningEcho.config(nats.url()).serveMaxConcurrency(AT_ONCE).build();
    try (var host =
            ServiceHost.builder(context -> context.serve(new TestEcho()))
                .config(config)
                .openTelemetry(new Broken())
                .start();
        Bus caller = Bus.connect(RunningEcho.config(nats.url()).build())) {
      assertThat(host.awaitReady(BOUND)).isTrue();
      assertThat(caller.awaitConnected(BOUND)).isTrue();
      var client = EchoClient.on(caller);
      for (int i = 0; i <= AT_ONCE; i++) {
        assertThatThrownBy(() -> Way.BLOCKING.echo(client, "a"))
            .isInstanceOfSatisfying(
                ServiceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INTERNAL));
      }
    }
  }
}
