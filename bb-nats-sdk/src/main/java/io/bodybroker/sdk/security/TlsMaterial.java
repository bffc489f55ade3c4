package io.bodybroker.sdk.security;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * What {@link TlsFiles} held when they were read, checked: a file that is there, of the right kind
 * and fits the others.
 */
final class TlsMaterial {
  /** The store is in memory alone, so there is nothing for a password to protect. */
  private static final char[] NO_PASSWORD = new char[0];

  private final X509ExtendedTrustManager trust;
  private final KeyManager[] keys;
  private final Optional<Instant> authorityEnds;
  private final Optional<Instant> certificateEnds;

  private TlsMaterial(
      X509ExtendedTrustManager trust,
      KeyManager[] keys,
      Optional<Instant> authorityEnds,
      Optional<Instant> certificateEnds) {
    this.trust = trust;
    this.keys = keys;
    this.authorityEnds = authorityEnds;
    this.certificateEnds = certificateEnds;
  }

  /** The JDK's check of servers. */
  X509ExtendedTrustManager trust() {
    return trust;
  }

  /** What shows our certificate to those who ask for it. */
  KeyManager[] keys() {
    return keys.clone();
  }

  /** When the last of those we trust expires. */
  Optional<Instant> authorityEnds() {
    return authorityEnds;
  }

  /** When our certificate expires. */
  Optional<Instant> certificateEnds() {
    return certificateEnds;
  }

  static TlsMaterial load(TlsFiles files, Instant now) throws UnusableFileException {
    try {
      List<X509Certificate> authorities =
          files.ca().isPresent() ? Pem.certificates(files.ca().get()) : List.of();
      List<X509Certificate> own =
          files.certificate().isPresent() ? ownChain(files.certificate().get(), now) : List.of();
      return new TlsMaterial(
          trustManager(authorities),
          keyManagers(files, own),
          authorities.stream().map(TlsMaterial::end).max(Comparator.naturalOrder()),
          own.stream().map(TlsMaterial::end).findFirst());
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("this JDK cannot do TLS", e);
    }
  }

  private static Instant end(X509Certificate certificate) {
    return certificate.getNotAfter().toInstant();
  }

  private static List<X509Certificate> ownChain(SecretFile file, Instant now)
      throws UnusableFileException {
    List<X509Certificate> chain = Pem.certificates(file);
    X509Certificate own = chain.getFirst();
    if (now.isAfter(end(own))) {
      throw new UnusableFileException(
          file.setting(),
          "its certificate \"%s\" expired on %s".formatted(own.getSubjectX500Principal(), end(own)),
          "a certificate that is valid now");
    }
    return chain;
  }

  private static X509ExtendedTrustManager trustManager(List<X509Certificate> authorities)
      throws GeneralSecurityException, IOException {
    var factory = TrustManagerFactory.getInstance("PKIX");
    factory.init(authorities.isEmpty() ? null : authorityStore(authorities));
    for (TrustManager manager : factory.getTrustManagers()) {
      if (manager instanceof X509ExtendedTrustManager trust) {
        return trust;
      }
    }
    throw new KeyStoreException("no X.509 trust manager");
  }

  private static KeyStore authorityStore(List<X509Certificate> authorities)
      throws GeneralSecurityException, IOException {
    KeyStore store = emptyStore();
    for (int i = 0; i < authorities.size(); i++) {
      store.setCertificateEntry("ca-" + i, authorities.get(i));
    }
    return store;
  }

  private static KeyManager[] keyManagers(TlsFiles files, List<X509Certificate> own)
      throws GeneralSecurityException, IOException, UnusableFileException {
    if (own.isEmpty() || files.key().isEmpty()) {
      return new KeyManager[0];
    }
    SecretFile keyFile = files.key().get();
    PrivateKey key = PrivateKeys.read(keyFile);
    if (!PrivateKeys.fit(key, own.getFirst().getPublicKey())) {
      throw new UnusableFileException(
          keyFile.setting(),
          "its key does not fit the certificate \"%s\""
              .formatted(own.getFirst().getSubjectX500Principal()),
          "the key that the first certificate of " + files.certificate().get().path() + " is for");
    }
    KeyStore store = emptyStore();
    try {
      store.setKeyEntry("own", key, NO_PASSWORD, own.toArray(Certificate[]::new));
    } catch (KeyStoreException e) {
      throw files
          .certificate()
          .get()
          .unusable("its certificates are not each issued by the one that follows");
    }
    var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, NO_PASSWORD);
    return factory.getKeyManagers();
  }

  private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, NO_PASSWORD);
    return store;
  }
}
