package io.bodybroker.sdk.journal;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.StringValue;
import io.bodybroker.sdk.config.BusConfig;
import io.bodybroker.sdk.event.FeedSpec;
import io.bodybroker.sdk.host.ServiceHost;
import io.bodybroker.sdk.store.Change;
import io.bodybroker.sdk.test.v1.Echoed;
import io.bodybroker.testkit.Await;
import io.bodybroker.testkit.NatsServer;
import io.bodybroker.testkit.RedisServer;
import io.bodybroker.testkit.TestServers;
import io.nats.client.Connection;
import io.nats.client.JetStreamManagement;
import io.nats.client.Nats;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each entry becomes one event, in order. */
@TestServers(scope = TestServers.Scope.METHOD)
class JournalFeedTest {
  private static final Duration BOUND = Duration.ofSeconds(20);
  private static final FeedSpec<StringValue> FEED =
      new FeedSpec<>(
          List.of(Echoed.getDefaultInstance()),
          change ->
              Optional.of(
                  Echoed.newBuilder()
                      .setText(
                          ((Change.Put<StringValue>) change).value().getValue()
                              + "@"
                              + change.version())
                      .build()));

  private final List<ServiceHost> hosts = new ArrayList<>();
  private BusConfig config;
  private Connection operator;

  @BeforeEach
  void prepare(NatsServer nats, RedisServer redis) throws Exception {
    config =
        BusConfig.builder()
            .natsUrls(List.of(nats.url()))
            .redisUrl(redis.url())
            .healthHost("127.0.0.1")
            .healthPort(0)
            .build();
    operator = Nats.connect(nats.url());
  }

  @AfterEach
  void close() throws Exception {
    hosts.forEach(ServiceHost::close);
    operator.close();
  }

  private Journal<StringValue> instance() throws Exception {
    var journal = new AtomicReference<Journal<StringValue>>();
    var host =
        ServiceHost.builder(context ->
                journal.set(context.journal("fed", StringValue.getDefaultInstance(), FEED)))
            .config(config)
            .start();
    hosts.add(host);
    assertThat(host.awaitReady(BOUND)).as("ready").isTrue();
    return journal.get();
  }

  private List<String> events() throws Exception {
    JetStreamManagement management = operator.jetStreamManagement();
    var texts = new ArrayList<String>();
    if (management.getStreamNames().contains("ECHO")) {
      long last = management.getStreamInfo("ECHO").getStreamState().getLastSequence();
      for (long i = 1; i <= last; i++) {
        texts.add(
            Echoed.parseFrom(Objects.requireNonNull(management.getMessage("ECHO", i).getData()))
                .getText());
      }
    }
    return texts;
  }

  private static String append(Journal<StringValue> journal, int number) {
    String text = Integer.toString(number);
    var entry =
        journal
            .append("key/" + number % 7, last -> Optional.of(StringValue.of(text)))
            .orElseThrow();
    return text + "@" + entry.position();
  }

  @Test
  void publishesEachEntryOnceAndInOrderWhicheverInstanceIsThere() throws Exception {
    var journal = instance();
    instance();
    var wanted = new ArrayList<String>();
    for (int i = 0; i < 50; i++) {
      wanted.add(append(journal, i));
    }
    hosts.removeFirst().close();
    journal = instance();
    for (int i = 50; i < 100; i++) {
      wanted.add(append(journal, i));
    }

    Await.untilSeen(BOUND, "events", this::events, wanted::equals);
  }
}
