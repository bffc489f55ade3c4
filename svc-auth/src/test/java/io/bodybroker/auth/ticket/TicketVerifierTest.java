package io.bodybroker.auth.ticket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.bodybroker.auth.TestIssuer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TicketVerifierTest {
  private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
  private static final String HEADER = "{\"alg\":\"EdDSA\"}";

  private final TestIssuer issuer = TestIssuer.create();
  @TempDir private Path directory;
  private TicketVerifier verifier;

  @BeforeEach
  void trust() throws Exception {
    verifier = verifier(issuer.pem());
  }

  private TicketVerifier verifier(String pem) throws Exception {
    var file = Files.writeString(directory.resolve("keys.pem"), pem);
    return new TicketVerifier(TestIssuer.NAME, TestIssuer.AUDIENCE, IssuerKeys.read(file));
  }

  @Test
  void takesWhatTheIssuerSignedForUsAndForNow() throws Exception {
    var ticket = verifier.verify(issuer.ticket("ada", "t-1", NOW), NOW);
    assertThat(ticket).isEqualTo(new Ticket(TestIssuer.NAME, "t-1", "ada", NOW.plusSeconds(300)));
  }

  @Test
  void takesATicketThatIsForOthersAsWell() throws Exception {
    var text =
        issuer.sign(HEADER, claims("\"aud\":[\"others\",\"" + TestIssuer.AUDIENCE + "\"]", 300));
    assertThat(verifier.verify(text, NOW).player()).isEqualTo("ada");
  }

  @Test
  void takesWhatEitherOfTwoKeysSignedWhileTheIssuerChangesThem() throws Exception {
    var next = TestIssuer.create();
    var both = verifier(issuer.pem() + next.pem());
    assertThat(both.verify(issuer.ticket("ada", "1", NOW), NOW).player()).isEqualTo("ada");
    assertThat(both.verify(next.ticket("grace", "2", NOW), NOW).player()).isEqualTo("grace");
  }

  /** Claims that are good but for what is given; a name given again takes its old place. */
  private static String claims(String given, long expiresIn) {
    return """
    {"iss":"%s","sub":"ada","jti":"t-1","exp":%d,%s}
    """
        .formatted(TestIssuer.NAME, NOW.getEpochSecond() + expiresIn, given);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"iss":"somebody","aud":"body-broker-test","sub":"ada","jti":"1","exp":1795435300}      | "iss" is not our issuer
          {"aud":"body-broker-test","sub":"ada","jti":"1","exp":1795435300}                       | "iss" is not our issuer
          {"iss":"test-platform","aud":"others","sub":"ada","jti":"1","exp":1795435300}           | "aud" is not for us
          {"iss":"test-platform","aud":["others"],"sub":"ada","jti":"1","exp":1795435300}         | "aud" is not for us
          {"iss":"test-platform","sub":"ada","jti":"1","exp":1795435300}                          | "aud" is not for us
          {"iss":"test-platform","aud":"body-broker-test","sub":"ada","jti":"1"}                  | it has no "exp"
          {"iss":"test-platform","aud":"body-broker-test","sub":"ada","jti":"1","exp":"soon"}     | it has no "exp"
          {"iss":"test-platform","aud":"body-broker-test","sub":"ada","jti":"1","exp":1e300}      | it has no "exp"
          {"iss":"test-platform","aud":"body-broker-test","sub":"ada","jti":"1","exp":1795435200} | it has expired
          {"iss":"test-platform","aud":"body-broker-test","sub":"ada","jti":"1","exp":1795435801} | "exp" is more than 10 minutes ahead
          {"iss":"test-platform","aud":"body-broker-test","sub":"ada","jti":"1","exp":1795435300,"nbf":1795435261} | it is not good yet ("nbf")
          {"iss":"test-platform","aud":"body-broker-test","sub":"ada","jti":"1","exp":1795435300,"nbf":"now"}      | "nbf" is no time
          {"iss":"test-platform","aud":"body-broker-test","sub":"ada","exp":1795435300}           | "jti" is no text of 1 to 256 characters
          {"iss":"test-platform","aud":"body-broker-test","sub":"ada","jti":"","exp":1795435300}  | "jti" is no text of 1 to 256 characters
          {"iss":"test-platform","aud":"body-broker-test","sub":"ada","jti":7,"exp":1795435300}   | "jti" is no text of 1 to 256 characters
          {"iss":"test-platform","aud":"body-broker-test","jti":"1","exp":1795435300}             | "sub" is no player: 1 to 64 letters, digits, '-' and '_'
          {"iss":"test-platform","aud":"body-broker-test","sub":"a/b","jti":"1","exp":1795435300} | "sub" is no player: 1 to 64 letters, digits, '-' and '_'
          ["no", "object"]                                                                        | its content is no JSON object
          {"iss":                                                                                 | its content is no JSON object
          """)
  void refusesWhatASignedTicketMustNotSay(String claims, String reason) {
    assertThat(NOW.getEpochSecond()).isEqualTo(1795435200L);
    assertThat(refusal(verifier, issuer.sign(HEADER, claims))).isEqualTo(reason);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"alg":"none"}                        | it is not signed with EdDSA
          {"alg":"HS256"}                       | it is not signed with EdDSA
          {}                                    | it is not signed with EdDSA
          {"alg":"EdDSA","crit":["b64"]}        | its header has "crit"
          []                                    | its header is no JSON object
          """)
  void refusesOtherWaysToSign(String header, String reason) {
    var audience = "\"aud\":\"" + TestIssuer.AUDIENCE + "\"";
    assertThat(refusal(verifier, issuer.sign(header, claims(audience, 300)))).isEqualTo(reason);
  }

  @Test
  void refusesWhatSomebodyElseSignedOrChanged() {
    var good = issuer.ticket("ada", "1", NOW);
    var parts = good.split("\\.", -1);
    var other = TestIssuer.create().ticket("ada", "1", NOW);
    var changed = parts[0] + "." + TestIssuer.base64(claims("\"aud\":\"x\"", 300)) + "." + parts[2];
    assertThat(refusal(verifier, other)).isEqualTo("its signature is not the issuer's");
    assertThat(refusal(verifier, changed)).isEqualTo("its signature is not the issuer's");
    assertThat(refusal(verifier, parts[0] + "." + parts[1] + ".AAAA"))
        .isEqualTo("its signature is not the issuer's");
  }

  @Test
  void refusesWhatIsNoTicket() {
    for (var text : new String[] {"", "a.b", "a.b.c.d", "a b.c.d", "a.b.", "x.y.z"}) {
      assertThat(refusal(verifier, text)).as(text).startsWith("it");
    }
  }

  private static String refusal(TicketVerifier verifier, String ticket) {
    var refused =
        catchThrowableOfType(RefusedTicketException.class, () -> verifier.verify(ticket, NOW));
    return refused.reason();
  }

  @Test
  void namesTheFileThatHoldsNoKey() throws Exception {
    var file = Files.writeString(directory.resolve("rsa.pem"), "no key");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> IssuerKeys.read(file))
        .withMessageContaining("auth.issuer-keys")
        .withMessageContaining(file.toString())
        .withMessageContaining("Ed25519 public keys");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> IssuerKeys.read(directory.resolve("none.pem")))
        .withMessageContaining("cannot be read");
    Files.writeString(file, "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> IssuerKeys.read(file))
        .withMessageContaining("holds another key");
  }
}
