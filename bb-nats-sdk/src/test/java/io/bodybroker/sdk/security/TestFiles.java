package io.bodybroker.sdk.security;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.bodybroker.testkit.TestCertificate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;

/** Files in a directory of a test. */
final class TestFiles {
  private final Path directory;

  TestFiles(Path directory) {
    this.directory = directory;
  }

  Path path(String name) {
    return directory.resolve(name);
  }

  /** Replaces a file in one step. */
  Path put(String name, String text) {
    try {
      Path fresh = Files.writeString(path(name + ".new"), text, US_ASCII);
      Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rw-------"));
      return Files.move(fresh, path(name), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String text(String name) {
    try {
      return Files.readString(path(name), US_ASCII);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** {@code name.pem} and {@code name-key.pem}. */
  void put(String name, TestCertificate certificate) {
    certificate.write(directory, name);
  }
}
