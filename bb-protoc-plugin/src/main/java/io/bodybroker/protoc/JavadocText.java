package io.bodybroker.protoc;

/** Turns text of a contract into text of a Javadoc comment that reads the same. */
final class JavadocText {
  private JavadocText() {}

  /** Code between backquotes becomes {@code {@code ...}}; in the rest, nothing has a meaning. */
  static String of(String text) {
    var out = new StringBuilder();
    int from = 0;
    while (true) {
      int open = text.indexOf('`', from);
      int close = open < 0 ? -1 : text.indexOf('`', open + 1);
      if (close < 0) {
        return out.append(escaped(text.substring(from))).toString();
      }
      out.append(escaped(text.substring(from, open))).append(code(text.substring(open + 1, close)));
      from = close + 1;
    }
  }

  private static String code(String text) {
    boolean isPlain = text.chars().noneMatch(c -> c == '{' || c == '}' || c == '@' || c == '\\');
    return isPlain && !text.isBlank() && !text.contains("*/")
        ? "{@code " + text.strip() + "}"
        : "<code>" + escaped(text) + "</code>";
  }

  /**
   * Text in which no character is special. The backslash is one, because the compiler reads Unicode
   * escapes in comments too; braces are, because an inline tag may be open around them.
   */
  private static String escaped(String text) {
    var out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean endsComment = c == '/' && i > 0 && text.charAt(i - 1) == '*';
      switch (c) {
        case '<' -> out.append("&lt;");
        case '>' -> out.append("&gt;");
        case '&' -> out.append("&amp;");
        case '@' -> out.append("&#64;");
        case '\\' -> out.append("&#92;");
        case '/' -> out.append(endsComment ? "&#47;" : "/");
        default -> out.append(c);
      }
    }
    return out.toString();
  }
}
