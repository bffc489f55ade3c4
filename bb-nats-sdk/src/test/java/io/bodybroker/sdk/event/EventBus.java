package io.bodybroker.sdk.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.StringValue;
import io.bodybroker.sdk.Bus;
import io.bodybroker.sdk.config.BusConfig;
import io.bodybroker.sdk.stream.TestStreams;
import io.bodybroker.sdk.test.v1.Echoed;
import io.bodybroker.testkit.Await;
import io.bodybroker.testkit.NatsServer;
import java.time.Duration;
import java.util.List;

/** What the tests of events have in common. */
final class EventBus {
  static final Duration BOUND = Duration.ofSeconds(20);

  /** The groups of a new stream's replicas may need more than one election, of 4 to 9 s each. */
  private static final Duration ELECTIONS_BOUND = Duration.ofSeconds(60);

  private EventBus() {}

  static BusConfig.Builder config(String urls) {
    return BusConfig.builder()
        .name("events-test")
        .natsUrls(List.of(urls.split(",")))
        .storeTimeout(Duration.ofSeconds(1))
        .natsReconnectWait(Duration.ofMillis(50));
  }

  static Bus connect(NatsServer nats) throws InterruptedException {
    return connect(config(nats.url()));
  }

  static Bus connect(BusConfig.Builder config) throws InterruptedException {
    Bus bus = Bus.connect(config.build());
    assertThat(bus.awaitConnected(BOUND)).as("connected").isTrue();
    return bus;
  }

  /** With its stream, and so with the connection that leads there. */
  static Bus withStream(String urls) throws InterruptedException {
    Bus bus = connect(config(urls));
    Await.untilAsserted(
        ELECTIONS_BOUND, "the stream", () -> bus.streams().require(TestStreams.ECHO));
    return bus;
  }

  static Echoed echoed(int number) {
    return Echoed.newBuilder().setText(Integer.toString(number)).build();
  }

  static ConsumerSpec.Builder<Echoed> consumer(String name) {
    return ConsumerSpec.builder(name, Echoed.getDefaultInstance())
        .backoff(Duration.ofMillis(20), Duration.ofMillis(200));
  }

  static StringValue text(String value) {
    return StringValue.of(value);
  }
}
