package io.bodybroker.sdk.security;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Who we are to NATS: an NKey, and with it the JWT of a {@code .creds} file.
 *
 * <p>Immutable and thread-safe; its text says nothing secret.
 */
public final class Credentials {
  private static final Logger LOG = System.getLogger(SecurityFiles.class.getName());

  private static final Pattern SEED = Pattern.compile("\\bS[A-Z2-7]{50,}\\b");
  private static final Pattern JWT =
      Pattern.compile("BEGIN NATS USER JWT-+\\s+([A-Za-z0-9_.-]+)\\s+-+END");
  private static final Pattern EXPIRY = Pattern.compile("\"exp\"\\s*:\\s*([0-9]{1,18})");

  private final NKey key;
  private final Optional<String> jwt;
  private final Optional<Instant> end;

  private Credentials(NKey key, Optional<String> jwt, Optional<Instant> end) {
    this.key = key;
    this.jwt = jwt;
    this.end = end;
  }

  /** A file with the seed of a user, {@code SU…}. */
  static Credentials ofSeed(SecretFile file) throws UnusableFileException {
    warnIfOpen(file);
    return new Credentials(seed(file, file.text()), Optional.empty(), Optional.empty());
  }

  /** A {@code .creds} file, as {@code nsc} writes it. */
  static Credentials ofCreds(SecretFile file, Instant now) throws UnusableFileException {
    warnIfOpen(file);
    String text = file.text();
    Matcher jwt = JWT.matcher(text);
    if (!jwt.find()) {
      throw file.unusable("there is no NATS USER JWT in it");
    }
    String token = jwt.group(1);
    Optional<Instant> end = expiry(file, token);
    if (end.isPresent() && now.isAfter(end.get())) {
      throw new UnusableFileException(
          file.setting(), "its JWT expired on " + end.get(), "a JWT that is valid now");
    }
    return new Credentials(seed(file, text), Optional.of(token), end);
  }

  /**
   * A warning and no refusal: that is how Kubernetes mounts secrets unless it is told otherwise.
   */
  static void warnIfOpen(SecretFile file) {
    if (file.isOpenToOthers()) {
      LOG.log(
          Level.WARNING,
          "{0}: everybody on this machine can read {1} (expected: mode 0400 or 0440)",
          file.setting(),
          file.path());
    }
  }

  private static NKey seed(SecretFile file, String text) throws UnusableFileException {
    Matcher seed = SEED.matcher(text);
    if (!seed.find()) {
      throw file.unusable("there is no seed in it");
    }
    Optional<NKey> key = NKey.ofSeed(seed.group());
    if (key.isEmpty()) {
      throw file.unusable("its seed is damaged, or not one of a user (SU…)");
    }
    return key.get();
  }

  private static Optional<Instant> expiry(SecretFile file, String token)
      throws UnusableFileException {
    String[] parts = token.split("\\.", -1);
    if (parts.length != 3) {
      throw file.unusable("its JWT has not three parts");
    }
    try {
      String claims = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
      Matcher expiry = EXPIRY.matcher(claims);
      return expiry.find()
          ? Optional.of(Instant.ofEpochSecond(Long.parseLong(expiry.group(1))))
          : Optional.empty();
    } catch (IllegalArgumentException e) {
      throw file.unusable("its JWT is not base64");
    } catch (DateTimeException e) {
      throw file.unusable("its JWT expires at no time that there is");
    }
  }

  /** The public key, {@code U…}. */
  public String publicKey() {
    return key.publicKey();
  }

  /** The JWT of a {@code .creds} file. */
  public Optional<String> jwt() {
    return jwt;
  }

  /** When the JWT expires, if it does. */
  Optional<Instant> end() {
    return end;
  }

  /** Signs what the server gave us to sign. */
  public byte[] sign(byte[] nonce) {
    return key.sign(nonce);
  }

  @Override
  public String toString() {
    return "Credentials[" + publicKey() + "]";
  }
}
