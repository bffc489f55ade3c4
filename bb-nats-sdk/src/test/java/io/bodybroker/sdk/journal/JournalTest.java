package io.bodybroker.sdk.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.Int64Value;
import io.bodybroker.sdk.Bus;
import io.bodybroker.sdk.config.BusConfig;
import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.testkit.Await;
import io.bodybroker.testkit.NatsServer;
import io.bodybroker.testkit.TestServers;
import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.Nats;
import io.nats.client.api.StreamConfiguration;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The contract, and what only a server can show, kept by the journal on JetStream. */
@TestServers
class JournalTest {
  private static final Duration BOUND = Duration.ofSeconds(20);
  private static final AtomicInteger NAMES = new AtomicInteger();

  private final String name = "journal-" + NAMES.incrementAndGet();
  private NatsServer nats;
  private Bus bus;
  private Connection operator;
  private Journal<Int64Value> journal;

  @BeforeEach
  void connect(NatsServer server) throws Exception {
    nats = server;
    bus =
        Bus.connect(
            BusConfig.builder()
                .natsUrls(List.of(nats.url()))
                .storeTimeout(Duration.ofSeconds(1))
                .natsReconnectWait(Duration.ofMillis(50))
                .build());
    operator = Nats.connect(nats.url());
    journal = bus.journals().open(name, Int64Value.getDefaultInstance());
    Await.until(BOUND, "the journal", this::works);
  }

  private boolean works() {
    try {
      return journal.extent().last() >= 0;
    } catch (ServiceException e) {
      assertThat(e.code()).isEqualTo(ErrorCode.UNAVAILABLE);
      return false;
    }
  }

  @AfterEach
  void close() throws Exception {
    bus.close();
    operator.close();
  }

  private static Int64Value number(long value) {
    return Int64Value.of(value);
  }

  @Test
  void isAStreamThatKeepsEverythingAndRefusesToDelete() throws Exception {
    long position = journal.append("a", 0, number(1));

    var management = operator.jetStreamManagement();
    StreamConfiguration config = management.getStreamInfo("JOURNAL_" + name).getConfiguration();
    assertThat(config.getDenyDelete()).isTrue();
    assertThat(config.getDenyPurge()).isTrue();
    assertThat(config.getMaxAge()).isEqualTo(Duration.ZERO);
    assertThat(config.getMaxMsgs()).isEqualTo(-1);
    assertThat(config.getMaxBytes()).isEqualTo(-1);
    assertThatThrownBy(() -> management.deleteMessage("JOURNAL_" + name, position))
        .isInstanceOf(JetStreamApiException.class);
    assertThatThrownBy(() -> management.purgeStream("JOURNAL_" + name))
        .isInstanceOf(JetStreamApiException.class);
    assertThat(journal.at(position)).isPresent();
  }

  @Test
  void makesAStreamThatLetsDeleteRefuseIt() throws Exception {
    var management = operator.jetStreamManagement();
    management.addStream(
        StreamConfiguration.builder().name("JOURNAL_loose").subjects("journal.loose.>").build());

    bus.journals().open("loose", Int64Value.getDefaultInstance()).append("a", 0, number(1));

    assertThat(management.getStreamInfo("JOURNAL_loose").getConfiguration().getDenyDelete())
        .isTrue();
  }

  @Test
  void findsOutWhetherAnEntryWasAppendedThatTheServerDidNotAnswer() throws Exception {
    long first = journal.append("a", 0, number(1));
    nats.pause();
    var appending = CompletableFuture.supplyAsync(() -> journal.append("a", first, number(2)));
    assertThatThrownBy(() -> appending.get(1500, TimeUnit.MILLISECONDS))
        .as("unanswered")
        .isNotNull();
    nats.resume();

    long second = appending.get(BOUND.toSeconds(), TimeUnit.SECONDS);

    assertThat(journal.last("a")).contains(new JournalEntry<>("a", number(2), second));
    assertThat(journal.extent().entries()).isEqualTo(2);
  }

  @Test
  void answersUnavailableAtOnceWhenTheServerIsDeadAndHasEverythingWhenItIsBack() {
    long position = journal.append("a", 0, number(1));
    nats.kill();
    try {
      Await.until(BOUND, "the connection to be seen lost", () -> !works());
      long began = System.nanoTime();
      var error =
          catchThrowableOfType(
              ServiceException.class, () -> journal.append("a", position, number(2)));
      assertThat(error.code()).isEqualTo(ErrorCode.UNAVAILABLE);
      assertThat(error.mayHaveExecuted()).isFalse();
      assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(2));
    } finally {
      nats.restart();
    }

    Await.until(BOUND, "the journal to work again", this::works);
    assertThat(journal.last("a")).contains(new JournalEntry<>("a", number(1), position));
    assertThat(journal.append("a", position, number(2))).isGreaterThan(position);
  }

  @Test
  void tellsAnEntryThatIsDamagedByItsKeyAndPosition() throws Exception {
    journal.append("a", 0, number(1));
    var ack =
        operator
            .jetStream()
            .publish("journal." + name + ".b", "\u0001 no number".getBytes(StandardCharsets.UTF_8));
    journal.append("c", 0, number(3));
    List<String> told = new ArrayList<>();

    journal.read(
        0,
        new Journal.Reader<>() {
          @Override
          public void read(JournalEntry<Int64Value> entry) {
            told.add(entry.key());
          }

          @Override
          public void unreadable(String key, long position, ServiceException problem) {
            told.add(key + "@" + position + " " + problem.code());
          }
        });

    assertThat(told).containsExactly("a", "b@" + ack.getSeqno() + " INTERNAL", "c");
    assertThatThrownBy(() -> journal.read(0, entry -> {})).hasMessageContaining("\"b\"");
  }

  @Nested
  class Contract extends JournalContract {
    @Override
    Journal<Int64Value> open() {
      return bus.journals()
          .open("contract-" + NAMES.incrementAndGet(), Int64Value.getDefaultInstance());
    }
  }
}
