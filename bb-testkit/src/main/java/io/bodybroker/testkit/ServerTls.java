package io.bodybroker.testkit;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What a server shows, and whose clients it lets in.
 *
 * @param clients who must vouch for clients; nobody has to if {@code null}
 */
record ServerTls(TestCertificate certificate, @Nullable TestAuthority clients) {
  private static final String NAME = "server";

  ServerTls with(TestCertificate other) {
    return new ServerTls(other, clients);
  }

  void write(Path directory) throws IOException {
    certificate.write(directory, NAME);
    if (clients != null) {
      Files.writeString(authority(directory), clients.pem(), US_ASCII);
    }
  }

  static Path certificate(Path directory) {
    return directory.resolve(NAME + ".pem");
  }

  static Path key(Path directory) {
    return directory.resolve(NAME + "-key.pem");
  }

  static Path authority(Path directory) {
    return directory.resolve("clients.pem");
  }

  /** In nats-server's own syntax. */
  String natsConfig(Path directory) {
    String verification =
        clients == null ? "" : ", ca_file: \"" + authority(directory) + "\", verify: true";
    return "tls { cert_file: \"%s\", key_file: \"%s\"%s }\n"
        .formatted(certificate(directory), key(directory), verification);
  }
}
