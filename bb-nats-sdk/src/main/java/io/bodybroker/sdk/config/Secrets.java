package io.bodybroker.sdk.config;

import java.util.regex.Pattern;

/** Keeps passwords and keys out of messages and logs. */
final class Secrets {
  /**
   * To the last {@code @} before the next URL: what is refused is often a password with an
   * {@code @} or a {@code /} that should have been escaped.
   */
  private static final Pattern USER_INFO = Pattern.compile("//(?:(?!,\\s*\\w+://)\\S)*@");

  /** The seed of an NKey, of whatever kind. */
  private static final Pattern SEED = Pattern.compile("(?<![A-Z0-9])S[A-Z2-7]{50,}");

  /** A JWT, or a PEM block without its frame: base64 of what begins as each such DER does. */
  private static final Pattern TOKEN =
      Pattern.compile("eyJ[\\w-]{10,}\\.[\\w.-]*|^M[A-Z][A-Za-z0-9+/]{40,}={0,2}$");

  private Secrets() {}

  /**
   * Whether a text is what should be in a file: a PEM block, a seed, a {@code .creds} file, or
   * anything else of several lines.
   */
  static boolean isContent(String text) {
    return text.contains("\n")
        || text.contains("\r")
        || text.contains("-----BEGIN")
        || SEED.matcher(text).find()
        || TOKEN.matcher(text).find();
  }

  /** A text for a message, in quotes, without what is secret in it. */
  static String quoted(String text) {
    return isContent(text) ? "***, the content" : "\"" + mask(text) + "\"";
  }

  /** A text without what is secret in it. */
  static String mask(String text) {
    return isContent(text) ? "***" : USER_INFO.matcher(text).replaceAll("//***@");
  }
}
