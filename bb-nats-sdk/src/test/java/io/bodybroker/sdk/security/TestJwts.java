package io.bodybroker.sdk.security;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;

/**
 * What an operator of NATS makes with {@code nsc}: an operator, an account and users in it, signed
 * by one another.
 */
final class TestJwts {
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();
  private static final int OPERATOR = 14 << 3;
  private static final int ACCOUNT = 0;
  private static final int USER = 20 << 3;

  private final NKey operator = key(OPERATOR);
  private final NKey account = key(ACCOUNT);
  private final NKey system = key(ACCOUNT);

  private static NKey key(int kind) {
    return NKey.of(kind, fresh());
  }

  private static byte[] fresh() {
    byte[] raw = new byte[32];
    new SecureRandom().nextBytes(raw);
    return raw;
  }

  /** A user's {@code .creds} file, as {@code nsc} writes it. */
  String creds(String name, Instant end) {
    byte[] raw = fresh();
    NKey user = NKey.of(USER, raw);
    String claims =
        "\"exp\":%d,\"nats\":{\"pub\":{},\"sub\":{},\"subs\":-1,\"data\":-1,\"payload\":-1,\"type\":\"user\",\"version\":2}"
            .formatted(end.getEpochSecond());
    return """
    -----BEGIN NATS USER JWT-----
    %s
    ------END NATS USER JWT------

    ************************* IMPORTANT *************************
    NKEY Seed printed below can be used to sign and prove identity.

    -----BEGIN USER NKEY SEED-----
    %s
    ------END USER NKEY SEED------
    """
        .formatted(token(account, user.publicKey(), name, claims), NKey.seed(raw));
  }

  /** The server's configuration. */
  String serverConfig() {
    String limits =
        "\"limits\":{\"subs\":-1,\"data\":-1,\"payload\":-1,\"imports\":-1,\"exports\":-1,\"wildcards\":true,\"conn\":-1,\"leaf\":-1}";
    String accountClaims = "\"nats\":{%s,\"type\":\"account\",\"version\":2}".formatted(limits);
    return """
    operator: %s
    system_account: %s
    resolver: MEMORY
    resolver_preload: {
      %s: %s
      %s: %s
    }
    """
        .formatted(
            token(
                operator,
                operator.publicKey(),
                "operator",
                "\"nats\":{\"type\":\"operator\",\"version\":2,\"system_account\":\"%s\"}"
                    .formatted(system.publicKey())),
            system.publicKey(),
            system.publicKey(),
            token(operator, system.publicKey(), "system", accountClaims),
            account.publicKey(),
            token(operator, account.publicKey(), "account", accountClaims));
  }

  private static String token(NKey issuer, String subject, String name, String claims) {
    String header = encoded("{\"typ\":\"JWT\",\"alg\":\"ed25519-nkey\"}");
    String body =
        encoded(
            "{\"jti\":\"%s\",\"iat\":%d,\"iss\":\"%s\",\"name\":\"%s\",\"sub\":\"%s\",%s}"
                .formatted(
                    name,
                    Instant.now().getEpochSecond(),
                    issuer.publicKey(),
                    name,
                    subject,
                    claims));
    String signed = header + "." + body;
    return signed + "." + BASE64.encodeToString(issuer.sign(signed.getBytes(UTF_8)));
  }

  private static String encoded(String text) {
    return BASE64.encodeToString(text.getBytes(UTF_8));
  }
}
