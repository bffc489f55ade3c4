package io.bodybroker.sdk.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.bodybroker.sdk.test.v1.EchoRequest;
import io.bodybroker.sdk.test.v1.SecretRequest;
import io.bodybroker.sdk.test.v1.SecretRequest.Envelope;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class RedactionTest {
  private final Redaction redaction = Redaction.of(SecretRequest.getDefaultInstance());

  @Test
  void keepsAllButSecretsWhereverTheyAre() throws Exception {
    var request =
        SecretRequest.newBuilder()
            .setName("ada")
            .setPassword("hush")
            .setEnvelope(Envelope.newBuilder().setTo("grace").setLetter("hush"))
            .addEnvelopes(Envelope.newBuilder().setTo("edsger").setLetter("hush"))
            .build();
    var kept = redaction.payload(request.toByteArray());
    assertThat(kept.toString(StandardCharsets.UTF_8)).doesNotContain("hush");
    assertThat(SecretRequest.parseFrom(kept))
        .isEqualTo(
            SecretRequest.newBuilder()
                .setName("ada")
                .setEnvelope(Envelope.newBuilder().setTo("grace"))
                .addEnvelopes(Envelope.newBuilder().setTo("edsger"))
                .build());
  }

  @Test
  void keepsNothingOfWhatCannotBeRead() {
    assertThat(redaction.payload("hush".getBytes(StandardCharsets.UTF_8))).isEmpty();
  }

  @Test
  void keepsNoFieldsThatItDoesNotKnow() throws Exception {
    var newer = Envelope.newBuilder().setTo("a").setLetter("hush").build().toByteString();
    var unknown =
        SecretRequest.parseFrom(
            ByteString.copyFrom(new byte[] {0x7a, (byte) newer.size()}).concat(newer));
    assertThat(unknown.getUnknownFields().asMap()).isNotEmpty();
    assertThat(redaction.payload(unknown.toByteArray())).isEmpty();
  }

  @Test
  void keepsEveryByteWhereNothingIsSecret() {
    var none = Redaction.of(EchoRequest.getDefaultInstance());
    byte[] rubbish = {(byte) 0xff, 0x00, 0x0d};
    assertThat(none.isNeeded()).isFalse();
    assertThat(none.payload(rubbish)).isEqualTo(ByteString.copyFrom(rubbish));
  }

  @Test
  void showsNoSecretThatBreaksARule() {
    var request = SecretRequest.newBuilder().setPassword("hush, too long").build();
    var violations = RequestRules.of(SecretRequest.getDescriptor()).check(request);
    assertThat(violations).hasSize(1);
    assertThat(violations.getFirst().field()).isEqualTo("password");
    assertThat(violations.getFirst().value()).isEqualTo("(not shown)");
    assertThat(violations.getFirst().expected()).isEqualTo("at most 8 characters");
  }
}
