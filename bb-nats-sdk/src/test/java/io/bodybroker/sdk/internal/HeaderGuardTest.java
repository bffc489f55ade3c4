package io.bodybroker.sdk.internal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeaderGuardTest {
  private static String message(String headers, String payload) {
    int headersSize = headers.getBytes(UTF_8).length;
    int size = headersSize + payload.getBytes(UTF_8).length;
    return "HMSG a.b 1 reply %d %d\r\n%s%s\r\n".formatted(headersSize, size, headers, payload);
  }

  /** Arrives in pieces of this size. */
  private static String guarded(String text, int piece) throws IOException {
    byte[] bytes = text.getBytes(UTF_8);
    return through(new HeaderGuard(new Deliveries()), bytes, piece);
  }

  private static String through(HeaderGuard guard, byte[] bytes, int piece) throws IOException {
    var left = new ByteArrayOutputStream();
    for (int at = 0; at < bytes.length; at += piece) {
      int kept = guard.pass(bytes, at, Math.min(piece, bytes.length - at));
      left.write(bytes, at, kept);
    }
    return left.toString(UTF_8);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 64, 100_000})
  void mendsHeadersAndLeavesAllElse(int piece) throws Exception {
    String before = "INFO {\"server_name\":\"Zoë\"}\r\nPING\r\nMSG a.b 1 5\r\nHMSG \r\n";
    String payload = "Zoë\r\nHMSG x 1 3 4\r\n\u0001";
    String headers = "NATS/1.0\r\nBy: Zoë\r\nBell:\u0007\r\nEmpty:\r\nNamed:a\tb c\r\n\r\n";
    String status = "NATS/1.0 503\r\n\r\n";
    String told = "NATS/1.0 409 Consumer Deleted\r\nA: b\r\n\r\n";

    assertThat(
            guarded(
                before
                    + message(headers, payload)
                    + message(status, "")
                    + message(told, "")
                    + message(headers, ""),
                piece))
        .isEqualTo(
            before
                + message(headers, payload).replace("By: Zoë", "By: Zo??").replace('\u0007', '?')
                + message(status, "")
                + message(told, "")
                + message(headers, "").replace("Zoë", "Zo??").replace('\u0007', '?'));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rubbish",
        "NATS/1.0",
        "NATS/1.0\r\nno colon\r\n\r\n",
        "NATS/1.0\r\n: no name\r\n\r\n",
        "NATS/1.0\r\na: b",
        "NATS/1.0\r\na: b\r\n",
        "NATS/2.0\r\na: b\r\n\r\n",
        "NATS/1.0\r\nzo\u00eb: b\r\n\r\n\r"
      })
  void refusesWhatIsNoHeaders(String headers) {
    for (int piece : Arrays.asList(1, 5, 1000)) {
      assertThatThrownBy(() -> guarded(message(headers, "x"), piece))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("headers that cannot be read");
    }
  }

  @Test
  void goesOnAfterPayloadsThatLookLikeMessages() throws Exception {
    String text = "MSG a 1 14\r\nHMSG a 1 8 9\r\n\r\n" + message("NATS/1.0\r\na:é\r\n\r\n", "é");

    assertThat(guarded(text, 4)).isEqualTo(text.replace("a:é", "a:??"));
  }
}
