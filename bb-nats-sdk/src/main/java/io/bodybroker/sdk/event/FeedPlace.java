package io.bodybroker.sdk.event;

import java.util.regex.Pattern;

/**
 * How many of a change's events have been published, as it is written behind the change's name:
 * nothing when all were, else {@code +} and the number.
 */
final class FeedPlace {
  /** All of them. */
  static final int ALL = Integer.MAX_VALUE;

  /** The text, to be put at the end of a pattern; its group is empty for all. */
  static final String PATTERN = "(|\\+\\d{1,6})";

  private static final Pattern FORM = Pattern.compile(PATTERN);

  private FeedPlace() {}

  /** With the event of this index the last that was published. */
  static String text(int index, int count) {
    return index + 1 == count ? "" : "+" + (index + 1);
  }

  /** How many a text says. */
  static int published(String text) {
    if (!FORM.matcher(text).matches()) {
      throw new IllegalArgumentException("\"" + text + "\" (expected: " + PATTERN + ")");
    }
    return text.isEmpty() ? ALL : Integer.parseInt(text.substring(1));
  }

  /** What tells a change's events apart in their ids. */
  static String idSuffix(int index) {
    return index == 0 ? "" : "." + (index + 1);
  }
}
