package io.bodybroker.sdk.security;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The PEM files of one kind of connection.
 *
 * @param ca whom we trust; the JVM's own list if empty
 * @param certificate what we show of ourselves, ours first, then who vouches for it; nothing if
 *     empty
 * @param key the private key to that
 */
record TlsFiles(
    Optional<SecretFile> ca, Optional<SecretFile> certificate, Optional<SecretFile> key) {
  /** Those that are set. */
  static TlsFiles of(
      String area, Optional<Path> ca, Optional<Path> certificate, Optional<Path> key) {
    return new TlsFiles(
        ca.map(path -> new SecretFile(area + ".ca", path, "a PEM file with CERTIFICATE blocks")),
        certificate.map(path ->
            new SecretFile(
                area + ".cert",
                path,
                "a PEM file with our CERTIFICATE first, then those of its issuers")),
        key.map(path ->
            new SecretFile(
                area + ".key",
                path,
                "a PEM file with an unencrypted PRIVATE KEY, RSA, EC or Ed25519")));
  }

  List<SecretFile> all() {
    var files = new ArrayList<SecretFile>();
    ca.ifPresent(files::add);
    certificate.ifPresent(files::add);
    key.ifPresent(files::add);
    return files;
  }
}
