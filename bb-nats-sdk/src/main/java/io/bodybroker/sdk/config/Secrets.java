package io.bodybroker.sdk.config;

import java.util.regex.Pattern;

/** Keeps passwords in URLs out of messages and logs. */
final class Secrets {
  /**
   * To the last {@code @} before the next URL: what is refused is often a password with an
   * {@code @} or a {@code /} that should have been escaped.
   */
  private static final Pattern USER_INFO = Pattern.compile("//(?:(?!,\\s*\\w+://)\\S)*@");

  private Secrets() {}

  static String mask(String text) {
    return USER_INFO.matcher(text).replaceAll("//***@");
  }
}
