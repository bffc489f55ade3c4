package io.bodybroker.sdk.security;

import java.security.KeyManagementException;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLContextSpi;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * The client's side of TLS with one kind of server: the check of its certificate, host included,
 * and our own certificate if there is one.
 *
 * <p>Each handshake uses what the files hold now, and is a full one: a resumed session would go on
 * with a certificate that has expired or been replaced since. Thread-safe.
 */
public final class TlsClient {
  private final Supplier<TlsMaterial> material;
  private final InstantSource clock;
  private final boolean ownCertificate;
  private volatile Optional<Instant> serverEnds = Optional.empty();

  TlsClient(Supplier<TlsMaterial> material, InstantSource clock, boolean ownCertificate) {
    this.material = material;
    this.clock = clock;
    this.ownCertificate = ownCertificate;
  }

  /** Shows nothing and trusts whom the JVM trusts. */
  public static TlsClient withDefaults() {
    var none = new TlsFiles(Optional.empty(), Optional.empty(), Optional.empty());
    try {
      TlsMaterial material = TlsMaterial.load(none, Instant.EPOCH);
      return new TlsClient(() -> material, InstantSource.system(), false);
    } catch (UnusableFileException e) {
      throw new IllegalStateException("without files there is none to be unusable", e);
    }
  }

  /** Whether we have a certificate to show. */
  public boolean hasCertificate() {
    return ownCertificate;
  }

  /** When the certificate expires that the server showed last; empty before the first. */
  Optional<Instant> serverEnds() {
    return serverEnds;
  }

  TlsMaterial material() {
    return material.get();
  }

  /**
   * Sockets for libraries that take a factory.
   *
   * @param refusals is told of each certificate that is refused, on the thread of the handshake
   */
  public SSLSocketFactory sockets(Consumer<RefusedCertificateException> refusals) {
    return new CheckedSockets(() -> fresh(refusals).getSocketFactory());
  }

  /**
   * The same for libraries that take a context; it makes client sockets and nothing else.
   *
   * @param refusals is told of each certificate that is refused, on the thread of the handshake
   */
  public SSLContext context(Consumer<RefusedCertificateException> refusals) {
    SSLSocketFactory sockets = sockets(refusals);
    SSLContext plain = fresh(refusals);
    return new SSLContext(new Spi(sockets), plain.getProvider(), plain.getProtocol()) {};
  }

  private SSLContext fresh(Consumer<RefusedCertificateException> refusals) {
    TlsMaterial now = material.get();
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(
          now.keys(),
          new TrustManager[] {new ServerTrust(now.trust(), clock, refusals, this::accepted)},
          null);
      return context;
    } catch (NoSuchAlgorithmException | KeyManagementException e) {
      throw new IllegalStateException("this JDK cannot do TLS", e);
    }
  }

  private void accepted(X509Certificate certificate) {
    serverEnds = Optional.of(certificate.getNotAfter().toInstant());
  }

  /** A context whose sockets are those of a factory. */
  private static final class Spi extends SSLContextSpi {
    private static final String ONLY_SOCKETS = "for client sockets only";

    private final SSLSocketFactory sockets;

    Spi(SSLSocketFactory sockets) {
      this.sockets = sockets;
    }

    @Override
    protected SSLSocketFactory engineGetSocketFactory() {
      return sockets;
    }

    @Override
    protected void engineInit(
        KeyManager @Nullable [] keys,
        TrustManager @Nullable [] trust,
        @Nullable SecureRandom random) {
      throw new UnsupportedOperationException("it is made ready for use");
    }

    @Override
    protected SSLServerSocketFactory engineGetServerSocketFactory() {
      throw new UnsupportedOperationException(ONLY_SOCKETS);
    }

    @Override
    protected SSLEngine engineCreateSSLEngine() {
      throw new UnsupportedOperationException(ONLY_SOCKETS);
    }

    @Override
    protected SSLEngine engineCreateSSLEngine(String host, int port) {
      throw new UnsupportedOperationException(ONLY_SOCKETS);
    }

    @Override
    protected SSLSessionContext engineGetServerSessionContext() {
      throw new UnsupportedOperationException(ONLY_SOCKETS);
    }

    @Override
    protected SSLSessionContext engineGetClientSessionContext() {
      throw new UnsupportedOperationException("no session is resumed");
    }
  }
}
