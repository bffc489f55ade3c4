package io.bodybroker.sdk.security;

import java.security.cert.CertificateException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A server's certificate that we do not accept, and which of the usual things is wrong with it.
 *
 * <p>Its message is for operators: it names the certificate, and the host or the date. There is
 * nothing secret in it.
 */
public final class RefusedCertificateException extends CertificateException {
  private static final long serialVersionUID = 1L;

  /** What is wrong. */
  public enum Reason {
    /** It, or one that vouches for it, is no longer or not yet valid. */
    EXPIRED,
    /** Nobody we trust vouches for it; self-signed ones are of this kind. */
    UNKNOWN_ISSUER,
    /** It is good, but for other hosts than the one we asked. */
    WRONG_HOST,
    /** None of these, such as a key that is too short. */
    OTHER
  }

  private final Reason reason;

  RefusedCertificateException(Reason reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  /** What is wrong. */
  public Reason reason() {
    return reason;
  }

  /** The refusal that a failed handshake comes from, if it does. */
  public static Optional<RefusedCertificateException> in(@Nullable Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof RefusedCertificateException refused) {
        return Optional.of(refused);
      }
    }
    return Optional.empty();
  }
}
