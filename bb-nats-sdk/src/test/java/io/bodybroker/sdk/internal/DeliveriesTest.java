package io.bodybroker.sdk.internal;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.nats.client.Message;
import io.nats.client.impl.Headers;
import io.nats.client.support.IncomingHeadersProcessor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is handed over as it is read, and that everything else is left as it came. */
class DeliveriesTest {
  private static final String TIMEOUT = "NATS/1.0\r\nBb-Timeout-Ms:2000\r\n\r\n";

  private final List<DirectMessage> taken = new ArrayList<>();
  private final Deliveries deliveries = new Deliveries();

  /** A message as the server sends it, on subscription {@code sid}. */
  private static String message(int sid, String reply, String headers, String payload) {
    int headersSize = headers.length();
    int size = headersSize + payload.length();
    return headers.isEmpty()
        ? "MSG a.b %d %s%d\r\n%s\r\n".formatted(sid, reply, size, payload)
        : "HMSG a.b %d %s%d %d\r\n%s%s\r\n"
            .formatted(sid, reply, headersSize, size, headers, payload);
  }

  private void learn(int sid, Predicate<Message> taking) {
    learn(sid, subject -> true, taking);
  }

  private void learn(int sid, Predicate<String> wanting, Predicate<Message> taking) {
    var receiver =
        new Deliveries.Receiver() {
          @Override
          public boolean wants(String subject) {
            return wanting.test(subject);
          }

          @Override
          public boolean take(Message message) {
            return taking.test(message);
          }
        };
    deliveries.learn(new DirectMessage("a.b", sid, null, null, new byte[0]), receiver);
  }

  private boolean take(Message message) {
    return taken.add((DirectMessage) message);
  }

  /** What is left for jnats of what arrives in pieces of this size. */
  private String left(String text, int piece) throws IOException {
    byte[] bytes = text.getBytes(ISO_8859_1);
    var guard = new HeaderGuard(deliveries);
    var left = new ByteArrayOutputStream();
    for (int at = 0; at < bytes.length; at += piece) {
      int kept = guard.pass(bytes, at, Math.min(piece, bytes.length - at));
      left.write(bytes, at, kept);
    }
    return left.toString(ISO_8859_1);
  }

  @Test
  void takesTheMessagesOfItsSubscriptionOutOfWhatIsRead() throws Exception {
    learn(7, this::take);

    String others = message(8, "", "", "eight") + "PING\r\n" + message(70, "r ", TIMEOUT, "");
    String ours = message(7, "reply.to ", TIMEOUT, "seven") + message(7, "", "", "");

    assertThat(left("INFO {}\r\n" + ours + others + ours, 100_000))
        .isEqualTo("INFO {}\r\n" + others);
    assertThat(taken).hasSize(4);
    DirectMessage first = taken.getFirst();
    assertThat(first.getSubject()).isEqualTo("a.b");
    assertThat(first.getReplyTo()).isEqualTo("reply.to");
    assertThat(first.getSID()).isEqualTo("7");
    assertThat(first.getData()).isEqualTo("seven".getBytes(UTF_8));
    assertThat(first.firstHeader("Bb-Timeout-Ms")).isEqualTo("2000");
    assertThat(first.hasOnly("Bb-Timeout-Ms")).isTrue();
    assertThat(taken.get(1).hasHeaders()).isFalse();
    assertThat(taken.get(1).getReplyTo()).isNull();
    assertThat(taken.get(1).firstHeader("Bb-Timeout-Ms")).isNull();
    assertThat(deliveries.messages()).isEqualTo(4);
    assertThat(deliveries.bytes()).isEqualTo(2L * ours.length());
  }

  @Test
  void tellsTheSubjectOfEachMessage() throws Exception {
    learn(7, this::take);

    assertThat(left("MSG a.c 7 0\r\n\r\nMSG a.bc 7 0\r\n\r\nMSG a.b 7 0\r\n\r\n", 1_000)).isEmpty();

    assertThat(taken).extracting(Message::getSubject).containsExactly("a.c", "a.bc", "a.b");
  }

  @Test
  void leavesToJnatsWhatItsReceiverDoesNotTake() throws Exception {
    learn(7, message -> message.getData().length == 1 && take(message));
    String big = message(7, "", TIMEOUT, "xx");

    assertThat(left(big + message(7, "", "", "x") + big, 100_000)).isEqualTo(big + big);
    assertThat(taken).hasSize(1);
  }

  @Test
  void knowsWhetherAnythingCameForWhoWantsIt() throws Exception {
    learn(7, subject -> false, this::take);
    var guard = new HeaderGuard(deliveries);

    byte[] others = message(8, "", TIMEOUT, "eight").getBytes(ISO_8859_1);
    guard.pass(others, 0, others.length);
    assertThat(guard.hasHeardWanted()).isFalse();

    byte[] ours = message(7, "", TIMEOUT, "x".repeat(100)).getBytes(ISO_8859_1);
    guard.pass(ours, 0, ours.length - 50); // not all of it, and nobody takes it
    assertThat(guard.hasHeardWanted()).isTrue();
  }

  @Test
  void asksBeforeItCopies() throws Exception {
    learn(7, "a.c"::equals, this::take);
    String others = message(7, "", TIMEOUT, "for a.b");

    assertThat(left(others + "MSG a.c 7 0\r\n\r\n" + others, 1_000)).isEqualTo(others + others);
    assertThat(taken).extracting(Message::getSubject).containsExactly("a.c");
  }

  @Test
  void leavesToJnatsWhatItsReceiverFailsOn() throws Exception {
    learn(
        7,
        message -> {
          throw new OutOfMemoryError("on purpose");
        });
    String text = message(7, "", "", "x");

    assertThat(left(text, 100_000)).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HMSG a.b 7 16 16\r\nNATS/1.0 503\r\n\r\n\r\n", // a status
        "MSG a.b 7 99\r\nshort\r\n", // not all there
        "MSG a.b 7\r\n", // no size
        "MSG a.b seven 1\r\nx\r\n",
        "MSG a.b 99999999999 1\r\nx\r\n"
      })
  void leavesToJnatsWhatIsNoPlainMessage(String text) throws Exception {
    learn(7, this::take);
    byte[] bytes = text.getBytes(ISO_8859_1);
    var guard = new HeaderGuard(deliveries);

    int kept;
    try {
      kept = guard.pass(bytes, 0, bytes.length);
    } catch (IOException e) {
      kept = bytes.length; // ends the connection, as without deliveries
    }

    assertThat(taken).isEmpty();
    assertThat(kept).isEqualTo(bytes.length);
  }

  @Property(tries = 300)
  void losesAndDoublesNothingHoweverItIsRead(
      @ForAll("traffic") List<String> traffic, @ForAll("pieces") int piece) throws IOException {
    taken.clear();
    learn(7, this::take);
    String all = String.join("", traffic);

    String left = left(all, piece);

    long ours = traffic.stream().filter(DeliveriesTest::isOurs).count();
    long leftOfOurs = left.split("MSG a\\.b 7 ", -1).length - 1L;
    assertThat(taken.size() + leftOfOurs).as("ours").isEqualTo(ours);
    assertThat(left.length() + taken.stream().mapToLong(DeliveriesTest::length).sum())
        .as("bytes")
        .isEqualTo(all.length());
    if (piece > all.length()) {
      assertThat(leftOfOurs).isZero();
    }
    var others = traffic.stream().filter(text -> !isOurs(text)).toList();
    assertThat(left).as("in order").matches(text -> inOrder(text, others));
  }

  private static boolean isOurs(String text) {
    return text.startsWith("MSG a.b 7 ") || text.startsWith("HMSG a.b 7 ");
  }

  private static boolean inOrder(String text, List<String> parts) {
    int at = 0;
    for (String part : parts) {
      at = text.indexOf(part, at);
      if (at < 0) {
        return false;
      }
      at += part.length();
    }
    return true;
  }

  private static long length(DirectMessage message) {
    String reply = message.getReplyTo() == null ? "" : message.getReplyTo() + " ";
    String headers = message.hasHeaders() ? TIMEOUT : "";
    return message(7, reply, headers, new String(message.getData(), ISO_8859_1)).length();
  }

  @Provide
  Arbitrary<List<String>> traffic() {
    Arbitrary<String> messages =
        Combinators.combine(
                Arbitraries.of(7, 7, 8),
                Arbitraries.of("", "some.inbox "),
                Arbitraries.of("", TIMEOUT),
                Arbitraries.strings().withChars('x', '\r', '\n').ofMaxLength(200))
            .as(DeliveriesTest::message);
    return Arbitraries.oneOf(messages, messages, Arbitraries.of("PING\r\n", "+OK\r\n"))
        .list()
        .ofMaxSize(20);
  }

  @Provide
  Arbitrary<Integer> pieces() {
    return Arbitraries.of(1, 2, 3, 10, 64, 100, 1_000, 100_000);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "NATS/1.0\r\nA:1\r\nB: 2 \r\nA:3\r\nEmpty:\r\nC:x:y\r\n\r\n",
        "NATS/1.0\r\nB:\r\n\r\n"
      })
  void readsHeadersAsJnatsDoes(String block) {
    var message = new DirectMessage("s", 1, null, block.getBytes(ISO_8859_1), new byte[0]);
    Headers jnats = new IncomingHeadersProcessor(block.getBytes(ISO_8859_1)).getHeaders();

    for (String name : List.of("A", "B", "C", "Empty", "AA", "a", "")) {
      assertThat(message.firstHeader(name))
          .as(name)
          .isEqualTo(jnats == null ? null : jnats.getFirst(name));
      assertThat(message.hasOnly(name))
          .as(name)
          .isEqualTo(jnats != null && jnats.size() == 1 && jnats.containsKey(name));
    }
    var all = new HashMap<String, String>();
    message.forEachHeader("", (name, value) -> assertThat(all.put(name, value)).isNull());
    for (String name : all.keySet()) {
      assertThat(all.get(name)).isEqualTo(jnats.getFirst(name));
    }
    assertThat(all).hasSize(jnats.size());
    var some = new HashMap<String, String>();
    message.forEachHeader("E", some::put);
    assertThat(some.keySet()).isEqualTo(all.containsKey("Empty") ? Set.of("Empty") : Set.of());
    assertThat(message.getHeaders()).isEqualTo(jnats);
  }
}
