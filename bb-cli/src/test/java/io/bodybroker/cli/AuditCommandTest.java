package io.bodybroker.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.bodybroker.payment.PaymentModule;
import io.bodybroker.payment.state.v1.LedgerEntry;
import io.bodybroker.payment.state.v1.SealedEntry;
import io.bodybroker.payment.v1.CreditRequest;
import io.bodybroker.payment.v1.Currency;
import io.bodybroker.payment.v1.DebitRequest;
import io.bodybroker.payment.v1.Money;
import io.bodybroker.payment.v1.PaymentClient;
import io.bodybroker.payment.v1.RefundRequest;
import io.bodybroker.payment.v1.Transaction;
import io.bodybroker.sdk.config.BusConfig;
import io.bodybroker.sdk.host.ServiceHost;
import io.bodybroker.testkit.NatsServer;
import io.bodybroker.testkit.TestServers;
import io.nats.client.Connection;
import io.nats.client.JetStreamManagement;
import io.nats.client.Nats;
import io.nats.client.api.MessageInfo;
import io.nats.client.api.StreamConfiguration;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * An operator's audit of a ledger that payment has written, and of copies that somebody has been
 * at: the ledger itself refuses.
 */
@TestServers(scope = TestServers.Scope.METHOD)
class AuditCommandTest {
  private static final Duration BOUND = Duration.ofSeconds(20);
  private static final String STREAM = "JOURNAL_ledger";

  private OnServer bb;
  private String url;
  private Transaction refunded;

  @BeforeEach
  void pay(NatsServer nats) throws Exception {
    url = nats.url();
    bb = new OnServer(url);
    var config =
        BusConfig.builder().natsUrls(List.of(url)).healthHost("127.0.0.1").healthPort(0).build();
    try (var host = ServiceHost.start(new PaymentModule(), config)) {
      assertThat(host.awaitReady(BOUND)).isTrue();
      var payment = PaymentClient.on(host.bus());
      for (int i = 0; i < 5; i++) {
        payment.credit(CreditRequest.newBuilder().setPlayerId("ada").setMoney(money(100)).build());
        payment.credit(CreditRequest.newBuilder().setPlayerId("bob").setMoney(money(10)).build());
      }
      refunded =
          payment
              .debit(DebitRequest.newBuilder().setPlayerId("ada").setMoney(money(70)).build())
              .getTransaction();
      payment.refund(
          RefundRequest.newBuilder().setTransactionId(refunded.getTransactionId()).build());
    }
  }

  private static Money money(long amount) {
    return Money.newBuilder().setCurrency(Currency.CREDITS).setAmount(amount).build();
  }

  @Test
  void findsNothingInALedgerThatNobodyTouched() {
    assertThat(bb.run(0, "audit"))
        .contains("12 entries of 2 accounts were read and recomputed")
        .containsPattern(" +players +MINT +SHOP\nCREDITS +550 +-550 +0\n")
        .contains("0 differences: every chain is whole");
    assertThat(bb.run(0, "audit", "--json"))
        .contains("{\"clean\":true,\"entries\":12,\"accounts\":2,\"findings\":0,")
        .contains("\"players\":{\"CREDITS\":\"550\"}");
    assertThat(bb.run(2, "audit", "it")).contains("usage: bb audit [--json]");
  }

  @Test
  void namesEntriesThatWereRemovedAlsoTheLastOfAnAccount() throws Exception {
    rewrite(List.of());
    try (Connection connection = Nats.connect(url)) {
      var management = connection.jetStreamManagement();
      management.deleteMessage(STREAM, 6);
      management.deleteMessage(STREAM, 12);
    }

    assertThat(bb.run(1, "audit"))
        .contains(
            "position 6, account bob, entry 3: REMOVED: entry 4, at position 8, says that it was"
                + " here\n")
        .contains("position 12, account unknown: REMOVED: there is no entry here")
        .contains("bb: the ledger has 3 faults; see docs/audit.md\n");
    assertThat(bb.run(1, "audit", "--json"))
        .contains("{\"finding\":\"REMOVED\",\"position\":6,\"account\":\"bob\",\"entry\":3,");
  }

  @Test
  void namesAnEntryThatWasChanged() throws Exception {
    rewrite(List.of(3L));

    assertThat(bb.run(1, "audit"))
        .contains("position 3, account ada, entry 2: CHANGED: its content does not have its hash");
  }

  @Test
  void doesNotTakeALedgerThatIsGoneForASoundOne() throws Exception {
    try (Connection connection = Nats.connect(url)) {
      connection.jetStreamManagement().deleteStream(STREAM);
    }

    assertThat(bb.run(1, "audit"))
        .contains("bb: there is no ledger (expected: stream JOURNAL_ledger");
  }

  /** As one who has the servers' files can: another stream in its place, at the same positions. */
  private void rewrite(List<Long> changed) throws Exception {
    try (Connection connection = Nats.connect(url)) {
      JetStreamManagement management = connection.jetStreamManagement();
      var entries = new ArrayList<MessageInfo>();
      long last = management.getStreamInfo(STREAM).getStreamState().getLastSequence();
      for (long i = 1; i <= last; i++) {
        entries.add(management.getMessage(STREAM, i));
      }
      management.deleteStream(STREAM);
      management.addStream(
          StreamConfiguration.builder().name(STREAM).subjects("journal.ledger.>").build());
      for (MessageInfo entry : entries) {
        byte[] data = Objects.requireNonNull(entry.getData());
        connection
            .jetStream()
            .publish(
                Objects.requireNonNull(entry.getSubject()),
                changed.contains(entry.getSeq()) ? withAnotherReason(data) : data);
      }
    }
  }

  private static byte[] withAnotherReason(byte[] data) throws Exception {
    var sealed = SealedEntry.parseFrom(data);
    var entry = LedgerEntry.parseFrom(sealed.getContent());
    ByteString content = entry.toBuilder().setReason("a gift").build().toByteString();
    return sealed.toBuilder().setContent(content).build().toByteArray();
  }
}
