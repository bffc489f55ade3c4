package io.bodybroker.eventbus;

import io.bodybroker.sdk.error.ServiceException;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Which types of event are meant, as NATS names subjects: words with dots between them, of which
 * {@code *} stands for any one, and {@code >} at the end for one or more.
 *
 * @param text as it was given
 */
record EventPattern(String text) {
  private static final int MAX_LENGTH = 128;
  private static final Pattern FORM =
      Pattern.compile(">|([a-z0-9_]+|\\*)(\\.([a-z0-9_]+|\\*)){0,7}(\\.>)?");

  /**
   * One that was sent.
   *
   * @param field it was sent in, for the error
   * @throws ServiceException {@code INVALID_ARGUMENT} if it is none
   */
  static EventPattern of(String field, String text) {
    if (text.length() > MAX_LENGTH || !FORM.matcher(text).matches()) {
      throw ServiceException.invalidArgument(
          field,
          text,
          "words of small letters, digits and '_', or '*', with dots between them, and '>' at the"
              + " end for all that follow; at most "
              + MAX_LENGTH
              + " characters");
    }
    return new EventPattern(text);
  }

  boolean matches(String type) {
    List<String> wanted = List.of(text.split("\\."));
    List<String> words = List.of(type.split("\\."));
    for (int i = 0; i < wanted.size(); i++) {
      if (wanted.get(i).equals(">")) {
        return words.size() > i;
      }
      if (i >= words.size() || !(wanted.get(i).equals("*") || wanted.get(i).equals(words.get(i)))) {
        return false;
      }
    }
    return wanted.size() == words.size();
  }
}
