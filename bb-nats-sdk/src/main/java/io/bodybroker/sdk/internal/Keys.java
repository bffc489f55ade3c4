package io.bodybroker.sdk.internal;

import io.bodybroker.sdk.error.ServiceException;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** The rules for keys, prefixes and names, in one place for stores and journals. */
public final class Keys {
  public static final int MAX_LENGTH = 200;

  private static final String KEY_RULE =
      "1 to " + MAX_LENGTH + " characters; parts separated by / and none empty";
  private static final String PREFIX_RULE = "empty, or whole parts of a key, each ended by /";
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,64}");

  private Keys() {}

  /**
   * The key itself, if it is one. Keys are often made of what a client sent, so a bad one is the
   * client's error.
   *
   * @throws ServiceException {@code INVALID_ARGUMENT}
   */
  public static String requireKey(String key) {
    if (!isPath(key)) {
      throw ServiceException.invalidArgument("key", key, KEY_RULE);
    }
    return key;
  }

  /**
   * The prefix itself, if it is one.
   *
   * @throws ServiceException {@code INVALID_ARGUMENT}
   */
  public static String requirePrefix(String prefix) {
    boolean ended = prefix.endsWith("/") && isPath(prefix.substring(0, prefix.length() - 1));
    if (!prefix.isEmpty() && !ended) {
      throw ServiceException.invalidArgument("prefix", prefix, PREFIX_RULE);
    }
    return prefix;
  }

  /**
   * The name of a store or journal itself, if it is one; names come from code, so a bad one is a
   * programming mistake.
   */
  public static String requireName(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "name: \"" + name + "\" (expected: " + NAME.pattern() + ")");
    }
    return name;
  }

  private static boolean isPath(String text) {
    return !text.isEmpty()
        && text.length() <= MAX_LENGTH
        && !text.startsWith("/")
        && !text.endsWith("/")
        && !text.contains("//")
        && isEncodable(text);
  }

  /** Half of a surrogate pair has no UTF-8 form: two such keys would become one. */
  private static boolean isEncodable(String text) {
    try {
      StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }
}
