package io.bodybroker.sdk.security;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;

/**
 * A file that a setting names.
 *
 * @param setting the setting's key, for messages
 * @param path where it is
 * @param expected what it should be, in words, for messages
 */
record SecretFile(String setting, Path path, String expected) {
  /** A megabyte is a thousand certificates; whatever is longer was named by mistake. */
  private static final long MAX_BYTES = 1 << 20;

  /** Its text. */
  String text() throws UnusableFileException {
    try {
      if (Files.size(path) > MAX_BYTES) {
        throw unusable("it has more than " + MAX_BYTES + " bytes");
      }
      return new String(Files.readAllBytes(path), StandardCharsets.ISO_8859_1);
    } catch (NoSuchFileException e) {
      throw unusable("there is no such file");
    } catch (IOException e) {
      throw unusable("it cannot be read: " + e.getClass().getSimpleName());
    }
  }

  /** Whether everybody on the machine may read it, as far as its file system tells. */
  boolean isOpenToOthers() {
    try {
      Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(path);
      return permissions.contains(PosixFilePermission.OTHERS_READ);
    } catch (IOException | UnsupportedOperationException e) {
      return false;
    }
  }

  UnusableFileException unusable(String problem) {
    return new UnusableFileException(setting, problem, expected);
  }
}
