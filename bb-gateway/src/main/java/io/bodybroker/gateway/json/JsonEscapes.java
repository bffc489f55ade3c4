package io.bodybroker.gateway.json;

/** The escapes in a string of JSON. */
final class JsonEscapes {
  /** Escaped by a letter each. */
  static final String LETTERS = "\"\\/bfnrt";

  private static final String MEANT = "\"\\/\b\f\n\r\t";

  private JsonEscapes() {}

  /** The text that is meant, of escapes that the parser has found good. */
  static String decode(String escaped) {
    var text = new StringBuilder(escaped.length());
    int copied = 0;
    for (int at = escaped.indexOf('\\'); at >= 0; at = escaped.indexOf('\\', copied)) {
      text.append(escaped, copied, at);
      char letter = escaped.charAt(at + 1);
      if (letter == 'u') {
        copied = at + 6;
        text.append((char) Integer.parseInt(escaped, at + 2, copied, 16));
      } else {
        copied = at + 2;
        text.append(MEANT.charAt(LETTERS.indexOf(letter)));
      }
    }
    return text.append(escaped, copied, escaped.length()).toString();
  }
}
