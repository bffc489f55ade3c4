package io.bodybroker.auth;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import com.google.protobuf.TextFormat;
import io.bodybroker.auth.v1.RotateSessionResponse;
import io.bodybroker.auth.v1.SignInRequest;
import java.security.SecureRandom;
import java.util.HashSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionTokenTest {
  private final Secrets secrets = new Secrets(new SecureRandom());

  @Test
  void isTheSameReadAsWritten() {
    var token = secrets.token("ada");
    var read = SessionToken.parse(token.reveal()).orElseThrow();
    assertThat(read.key()).isEqualTo(token.key()).isEqualTo(SessionToken.keyOf("ada"));
    assertThat(read.secretHash()).isEqualTo(token.secretHash());
    assertThat(read.isThatOf(token.secretHash())).isTrue();
    assertThat(read.reveal()).isEqualTo(token.reveal()).hasSize(68).startsWith("bbs_");
  }

  @Test
  void holds256RandomBitsThatDifferEachTimeAndAreNotKept() {
    var seen = new HashSet<String>();
    for (int i = 0; i < 1000; i++) {
      var token = secrets.token("ada");
      assertThat(seen.add(token.reveal())).isTrue();
      assertThat(token.secretHash().size()).isEqualTo(32);
      assertThat(token.isThatOf(secrets.token("ada").secretHash())).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "bbs_",
        "bbs_AAAA",
        "xxx_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "bbs_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA+"
      })
  void isNothingElse(String text) {
    assertThat(SessionToken.parse(text)).isEmpty();
  }

  @Test
  void isNotShown() {
    var token = secrets.token("ada").reveal();
    assertThat(secrets.token("ada").toString()).doesNotContain("bbs_");
    assertThat(shown(RotateSessionResponse.newBuilder().setToken(token).build()))
        .doesNotContain(token);
    assertThat(shown(SignInRequest.newBuilder().setTicket(token).build())).doesNotContain(token);
  }

  private static String shown(Message message) {
    return TextFormat.debugFormatPrinter().printToString(message);
  }
}
