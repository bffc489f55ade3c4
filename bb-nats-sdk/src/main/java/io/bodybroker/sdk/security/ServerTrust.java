package io.bodybroker.sdk.security;

import io.bodybroker.sdk.security.RefusedCertificateException.Reason;
import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * The JDK's check of a server's certificate; where that refuses, it finds out why and says so in
 * words.
 */
final class ServerTrust extends X509ExtendedTrustManager {
  private static final int MOST_NAMES = 5;

  private final X509ExtendedTrustManager check;
  private final InstantSource clock;
  private final Consumer<RefusedCertificateException> refusals;
  private final Consumer<X509Certificate> accepted;

  /**
   * @param refusals is told of each refusal, also where the exception gets lost on its way
   * @param accepted is told of each certificate of a server that was accepted
   */
  ServerTrust(
      X509ExtendedTrustManager check,
      InstantSource clock,
      Consumer<RefusedCertificateException> refusals,
      Consumer<X509Certificate> accepted) {
    this.check = check;
    this.clock = clock;
    this.refusals = refusals;
    this.accepted = accepted;
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    try {
      check.checkServerTrusted(chain, authType, socket);
    } catch (CertificateException e) {
      String host =
          socket instanceof SSLSocket secure && secure.getHandshakeSession() != null
              ? String.valueOf(secure.getHandshakeSession().getPeerHost())
              : "the host";
      throw refused(chain, authType, host, e);
    }
    accepted.accept(chain[0]);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    try {
      check.checkServerTrusted(chain, authType, engine);
    } catch (CertificateException e) {
      throw refused(chain, authType, String.valueOf(engine.getPeerHost()), e);
    }
    accepted.accept(chain[0]);
  }

  /** Nothing here checks without knowing the host. */
  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    throw new CertificateException("a server's certificate is only checked together with its host");
  }

  private RefusedCertificateException refused(
      X509Certificate[] chain, String authType, String host, CertificateException cause) {
    var refused = explained(chain, authType, host, cause);
    refusals.accept(refused);
    return refused;
  }

  private RefusedCertificateException explained(
      X509Certificate[] chain, String authType, String host, CertificateException cause) {
    Instant now = clock.instant();
    for (X509Certificate certificate : chain) {
      Instant from = certificate.getNotBefore().toInstant();
      Instant to = certificate.getNotAfter().toInstant();
      if (now.isAfter(to)) {
        return refusal(Reason.EXPIRED, certificate, host, "expired on " + to, cause);
      }
      if (now.isBefore(from)) {
        return refusal(Reason.EXPIRED, certificate, host, "is not valid before " + from, cause);
      }
    }
    try {
      check.checkServerTrusted(chain, authType);
    } catch (CertificateException e) {
      return untrusted(chain, host, e);
    }
    return refusal(
        Reason.WRONG_HOST,
        chain[0],
        host,
        "is for " + names(chain[0]) + ", not for " + host,
        cause);
  }

  private static RefusedCertificateException untrusted(
      X509Certificate[] chain, String host, CertificateException cause) {
    X509Certificate last = chain[chain.length - 1];
    boolean selfSigned = last.getSubjectX500Principal().equals(last.getIssuerX500Principal());
    if (selfSigned && chain.length == 1) {
      return refusal(
          Reason.UNKNOWN_ISSUER, last, host, "is self-signed, and not one we trust", cause);
    }
    boolean pathMissing = String.valueOf(cause.getMessage()).contains("unable to find valid");
    return pathMissing
        ? refusal(
            Reason.UNKNOWN_ISSUER,
            chain[0],
            host,
            "is issued by \"" + last.getIssuerX500Principal() + "\", whom we do not trust",
            cause)
        : refusal(Reason.OTHER, chain[0], host, "is not acceptable: " + cause.getMessage(), cause);
  }

  private static RefusedCertificateException refusal(
      Reason reason, X509Certificate which, String host, String what, CertificateException cause) {
    String message =
        "the certificate \"%s\" of %s %s".formatted(which.getSubjectX500Principal(), host, what);
    return new RefusedCertificateException(reason, message, cause);
  }

  private static String names(X509Certificate certificate) {
    try {
      Collection<List<?>> names = certificate.getSubjectAlternativeNames();
      if (names == null) {
        return "no host";
      }
      return String.join(
          ", ",
          names.stream()
              .map(name -> String.valueOf(name.get(1)).toLowerCase(Locale.ROOT))
              .limit(MOST_NAMES)
              .toList());
    } catch (CertificateParsingException e) {
      return "nobody knows whom (" + e.getMessage() + ")";
    }
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    throw new CertificateException("this is a client");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    throw new CertificateException("this is a client");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    throw new CertificateException("this is a client");
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return check.getAcceptedIssuers();
  }
}
