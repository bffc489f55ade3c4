package io.bodybroker.sdk.backup;

import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.ServiceException;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.stream.Stream;

/**
 * The files of a backup. The manifest is the last to be written, and each file is on the disk
 * before the next is begun: so whatever has a manifest is whole.
 */
final class BackupFiles {
  private static final String MANIFEST = "manifest.json";
  private static final String SNAPSHOT = ".snapshot";
  private static final int BUFFER = 1 << 16;

  private final Path directory;

  BackupFiles(Path directory) {
    this.directory = directory;
  }

  /** Writes the content of a file. */
  @FunctionalInterface
  interface Content {
    void writeTo(OutputStream to) throws IOException;
  }

  static String snapshotOf(String stream) {
    return stream + SNAPSHOT;
  }

  static String fingerprintsOf(String stream) {
    return stream + ".fingerprints";
  }

  /**
   * Makes the directory, if it is not there.
   *
   * @throws ServiceException {@code FAILED_PRECONDITION} if it is there and not empty
   */
  void begin() {
    try {
      Files.createDirectories(directory);
      try (Stream<Path> found = Files.list(directory)) {
        if (found.findAny().isPresent()) {
          throw refused("directory %s is not empty (expected: an empty or a new one)");
        }
      }
    } catch (IOException e) {
      throw failed(directory, e);
    }
  }

  BackupFile write(String name, Content content) {
    Path file = directory.resolve(name);
    MessageDigest digest = Sha256.digest();
    try (var out = new FileOutputStream(file.toFile())) {
      var to = new BufferedOutputStream(new DigestOutputStream(out, digest), BUFFER);
      content.writeTo(to);
      to.flush();
      out.getFD().sync();
      return new BackupFile(name, Files.size(file), hex(digest));
    } catch (IOException e) {
      throw failed(file, e);
    }
  }

  BackupFile writeFingerprints(String stream, List<Fingerprint> fingerprints) {
    return write(
        fingerprintsOf(stream),
        out -> {
          var to = new DataOutputStream(out);
          for (Fingerprint fingerprint : fingerprints) {
            fingerprint.write(to);
          }
          to.flush();
        });
  }

  List<Fingerprint> fingerprints(StreamBackup stream) {
    var fingerprints = new ArrayList<Fingerprint>();
    try (var from = new DataInputStream(read(stream.fingerprints()))) {
      for (long i = 0; i < stream.fingerprints().bytes() / Fingerprint.BYTES; i++) {
        fingerprints.add(Fingerprint.read(from));
      }
      return fingerprints;
    } catch (IOException e) {
      throw failed(directory.resolve(stream.fingerprints().name()), e);
    }
  }

  InputStream read(BackupFile file) {
    Path path = directory.resolve(file.name());
    try {
      return new BufferedInputStream(Files.newInputStream(path), BUFFER);
    } catch (IOException e) {
      throw failed(path, e);
    }
  }

  /** What is wrong with a file, in words; empty if nothing is. */
  String damage(BackupFile file, LongConsumer progress) {
    Path path = directory.resolve(file.name());
    if (!Files.isRegularFile(path)) {
      return file.name() + " is missing";
    }
    MessageDigest digest = Sha256.digest();
    long bytes = 0;
    try (var from = read(file)) {
      byte[] buffer = new byte[BUFFER];
      for (int n = from.read(buffer); n >= 0; n = from.read(buffer)) {
        digest.update(buffer, 0, n);
        bytes += n;
        progress.accept(bytes);
      }
    } catch (IOException e) {
      return file.name() + " cannot be read: " + e;
    }
    if (bytes != file.bytes()) {
      return "%s has %d bytes (expected: %d)".formatted(file.name(), bytes, file.bytes());
    }
    String actual = hex(digest);
    return actual.equals(file.sha256())
        ? ""
        : "%s has SHA-256 %s (expected: %s)".formatted(file.name(), actual, file.sha256());
  }

  void writeManifest(BackupManifest manifest) {
    String part = MANIFEST + ".part";
    byte[] text = ManifestJson.write(manifest);
    write(part, to -> to.write(text));
    try {
      Files.move(
          directory.resolve(part), directory.resolve(MANIFEST), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw failed(directory.resolve(MANIFEST), e);
    }
  }

  /**
   * Reads it.
   *
   * @throws ServiceException {@code NOT_FOUND} if there is none; {@code FAILED_PRECONDITION} if it
   *     is damaged, or of another format
   */
  BackupManifest manifest() {
    Path file = directory.resolve(MANIFEST);
    if (!Files.isRegularFile(file)) {
      throw withoutManifest();
    }
    try {
      return ManifestJson.read(file, Files.readAllBytes(file));
    } catch (IOException e) {
      throw failed(file, e);
    }
  }

  private ServiceException withoutManifest() {
    if (!Files.isDirectory(directory)) {
      return ServiceException.of(ErrorCode.NOT_FOUND, "no directory " + directory);
    }
    try (Stream<Path> found = Files.list(directory)) {
      return found.anyMatch(file -> file.toString().endsWith(SNAPSHOT))
          ? refused("the backup in %s was interrupted: it has no manifest.json, so it is not whole")
          : ServiceException.of(
              ErrorCode.NOT_FOUND, "no backup in %s: no manifest.json".formatted(directory));
    } catch (IOException e) {
      throw failed(directory, e);
    }
  }

  private ServiceException refused(String why) {
    return ServiceException.of(ErrorCode.FAILED_PRECONDITION, why.formatted(directory));
  }

  private static String hex(MessageDigest digest) {
    return HexFormat.of().formatHex(digest.digest());
  }

  private static UncheckedIOException failed(Path file, IOException cause) {
    return new UncheckedIOException("cannot work on %s: %s".formatted(file, cause), cause);
  }
}
