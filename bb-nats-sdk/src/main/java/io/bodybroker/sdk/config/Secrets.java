package io.bodybroker.sdk.config;

import java.util.regex.Pattern;

/** Keeps passwords in URLs out of messages and logs. */
final class Secrets {
  private static final Pattern USER_INFO = Pattern.compile("//[^/@\\s]*@");

  private Secrets() {}

  static String mask(String text) {
    return USER_INFO.matcher(text).replaceAll("//***@");
  }
}
