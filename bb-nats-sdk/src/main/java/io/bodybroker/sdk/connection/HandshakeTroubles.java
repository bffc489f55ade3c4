package io.bodybroker.sdk.connection;

import io.bodybroker.sdk.security.RefusedCertificateException;
import io.bodybroker.sdk.security.SecurityFiles;
import java.io.IOException;
import java.util.Optional;
import javax.net.ssl.SSLException;

/**
 * Why there is no secure connection, in words. jnats itself only says that it could not connect.
 */
final class HandshakeTroubles {
  private final SecurityFiles security;

  HandshakeTroubles(SecurityFiles security) {
    this.security = security;
  }

  /** What an exception says about a handshake, if it is about one. */
  Optional<String> in(Throwable failure) {
    Optional<RefusedCertificateException> refused = RefusedCertificateException.in(failure);
    if (refused.isPresent()) {
      return Optional.of(text(refused.get()));
    }
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SSLException) {
        return Optional.of(byServer(String.valueOf(cause.getMessage())));
      }
      if (cause instanceof IOException && String.valueOf(cause.getMessage()).startsWith("SSL ")) {
        return Optional.of(mismatch(String.valueOf(cause.getMessage())));
      }
    }
    return Optional.empty();
  }

  /** Our refusal. */
  static String text(RefusedCertificateException refused) {
    return "refused: " + refused.getMessage();
  }

  /** What the other side says is one word, such as {@code bad_certificate}. */
  private String byServer(String text) {
    if (!text.contains("fatal alert")) {
      return "TLS failed: " + text;
    }
    boolean shown = security.nats().isPresent() && security.nats().get().hasCertificate();
    return "the server ended the TLS handshake: "
        + text
        + (shown
            ? "; it may not accept the certificate in nats.cert"
            : "; it may want a certificate of ours (nats.cert, nats.key)");
  }

  private static String mismatch(String text) {
    return text.contains("required by server")
        ? "the server wants TLS (expected: nats.ca, or tls:// in nats.url)"
        : "the server offers no TLS, which nats.ca, nats.cert or tls:// in nats.url ask for";
  }
}
