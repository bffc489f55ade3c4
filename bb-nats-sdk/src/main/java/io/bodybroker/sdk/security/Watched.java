package io.bodybroker.sdk.security;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * What some files hold, read again when their content changes.
 *
 * <p>It looks at the content and not at dates or inodes, so it does not matter how a file was
 * replaced: in place, by renaming, or by the swap of a link to its directory, as Kubernetes does
 * it. New content that cannot be used, because it is wrong or only half there, changes nothing: the
 * old stays in use, the log says so once, and the files are tried again at each look.
 *
 * <p>Thread-safe; {@link #look} is for one thread.
 *
 * @param <T> what they hold
 */
final class Watched<T> {
  private static final Logger LOG = System.getLogger(SecurityFiles.class.getName());

  /** Reads files. */
  interface Loader<T> {
    T load() throws UnusableFileException;
  }

  private final List<SecretFile> files;
  private final Loader<T> loader;
  private volatile T current;
  private String loaded;
  private String refused = "";

  /** Reads the files for the first time. */
  Watched(List<SecretFile> files, Loader<T> loader) throws UnusableFileException {
    this.files = List.copyOf(files);
    this.loader = loader;
    this.loaded = fingerprint();
    this.current = loader.load();
  }

  /** What they held when they could last be used. */
  T current() {
    return current;
  }

  /** Reads the files again if they have changed. Does not throw: it is looked at again later. */
  void look() {
    try {
      compare();
    } catch (RuntimeException e) {
      LOG.log(
          Level.ERROR, names() + " could not be looked at, what was there before stays in use", e);
    }
  }

  private void compare() {
    // Taken first: should they change meanwhile, the next look finds that out.
    String found = fingerprint();
    if (found.equals(loaded)) {
      refused = "";
      return;
    }
    try {
      current = loader.load();
      loaded = found;
      refused = "";
      LOG.log(Level.INFO, "{0} changed, new connections use what is in there now", names());
    } catch (UnusableFileException e) {
      if (!found.equals(refused)) {
        refused = found;
        LOG.log(
            Level.WARNING,
            "{0} changed and cannot be used, what was there before stays in use: {1}: {2}",
            names(),
            e.setting(),
            e.problem());
      }
    }
  }

  private String names() {
    return String.join(", ", files.stream().map(SecretFile::setting).toList());
  }

  private String fingerprint() {
    MessageDigest digest = sha256();
    for (SecretFile file : files) {
      try {
        digest.update(file.text().getBytes(StandardCharsets.ISO_8859_1));
      } catch (UnusableFileException e) {
        digest.update(e.problem().getBytes(StandardCharsets.UTF_8));
      }
      digest.update((byte) 0);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
