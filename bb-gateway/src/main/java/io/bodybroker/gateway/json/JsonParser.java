package io.bodybroker.gateway.json;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.HashSet;
import java.util.Set;

/**
 * JSON by RFC 8259 and not a character more: no comments, no single quotes, no trailing commas, no
 * lone surrogates, and each name once in an object. Used once.
 */
final class JsonParser {
  /** Protobuf's own limit, for binary and JSON alike. */
  static final int MAX_DEPTH = 100;

  private static final byte END = 0;
  private static final byte[] TRUE = "true".getBytes(US_ASCII);
  private static final byte[] FALSE = "false".getBytes(US_ASCII);
  private static final byte[] NULL = "null".getBytes(US_ASCII);

  /** An object of more members keeps a set of their names; of fewer, it is quicker to look. */
  private static final int FEW = 16;

  private static final int MAX_UTF8 = 4;

  private final byte[] json;
  private final JsonTape tape;
  private int at;
  private int depth;

  private JsonParser(byte[] json) {
    this.json = json;
    this.tape = new JsonTape(json);
  }

  /**
   * Finds the values of a text.
   *
   * @param json good UTF-8
   */
  static JsonTape parse(byte[] json) throws JsonSyntaxException {
    var parser = new JsonParser(json);
    parser.value();
    parser.skipSpace();
    if (parser.at < json.length) {
      throw parser.expected("the end");
    }
    return parser.tape;
  }

  private void value() throws JsonSyntaxException {
    skipSpace();
    switch (peek()) {
      case '{' -> object();
      case '[' -> array();
      case '"' -> string();
      case 't' -> word(JsonTape.TRUE, TRUE);
      case 'f' -> word(JsonTape.FALSE, FALSE);
      case 'n' -> word(JsonTape.NULL, NULL);
      case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> number();
      default -> throw expected("a value");
    }
  }

  private void object() throws JsonSyntaxException {
    int object = tape.add(JsonTape.OBJECT, at, at);
    enter();
    skipSpace();
    if (!take('}')) {
      Set<String> names = null;
      int count = 0;
      do {
        skipSpace();
        if (peek() != '"') {
          throw expected(count == 0 ? "a name in quotes or '}'" : "a name in quotes");
        }
        int name = string();
        tape.setHash(name, NameTable.hash(json, tape.start(name) + 1, tape.stop(name) - 1));
        names = count++ == FEW ? names(object, name) : names;
        if (names == null ? isTaken(object, name) : !names.add(tape.text(name))) {
          throw new JsonSyntaxException(tape.start(name), tape.describe(name) + " a second time");
        }
        skipSpace();
        if (!take(':')) {
          throw expected("':'");
        }
        value();
        skipSpace();
      } while (take(','));
      if (!take('}')) {
        throw expected("',' or '}'");
      }
    }
    depth--;
    tape.close(object, at);
  }

  /** The names of an object before one of them. */
  private Set<String> names(int object, int name) {
    var names = new HashSet<String>();
    for (int i = JsonTape.first(object); i < name; i = tape.next(tape.next(i))) {
      names.add(tape.text(i));
    }
    return names;
  }

  private boolean isTaken(int object, int name) {
    boolean isEscaped = tape.kind(name) == JsonTape.ESCAPED_STRING;
    int hash = tape.hash(name);
    for (int i = JsonTape.first(object); i < name; i = tape.next(tape.next(i))) {
      boolean mayBeSame =
          isEscaped || tape.kind(i) == JsonTape.ESCAPED_STRING || tape.hash(i) == hash;
      if (mayBeSame && tape.isSameText(i, name)) {
        return true;
      }
    }
    return false;
  }

  private void array() throws JsonSyntaxException {
    int array = tape.add(JsonTape.ARRAY, at, at);
    enter();
    skipSpace();
    if (!take(']')) {
      do {
        value();
        skipSpace();
      } while (take(','));
      if (!take(']')) {
        throw expected("',' or ']'");
      }
    }
    depth--;
    tape.close(array, at);
  }

  private void enter() throws JsonSyntaxException {
    if (++depth > MAX_DEPTH) {
      throw expected("at most " + MAX_DEPTH + " levels");
    }
    at++;
  }

  private void number() throws JsonSyntaxException {
    int start = at;
    take('-');
    if (!take('0')) {
      digits();
    }
    if (take('.')) {
      digits();
    }
    if (take('e') || take('E')) {
      if (!take('+')) {
        take('-');
      }
      digits();
    }
    tape.add(JsonTape.NUMBER, start, at);
  }

  private void digits() throws JsonSyntaxException {
    if (!isDigit(peek())) {
      throw expected("a digit");
    }
    while (isDigit(peek())) {
      at++;
    }
  }

  private int string() throws JsonSyntaxException {
    int start = at;
    byte[] text = json;
    for (int i = start + 1; i < text.length; i++) {
      byte c = text[i];
      if (c == '"') {
        at = i + 1;
        return tape.add(JsonTape.STRING, start, at);
      }
      if (c == '\\') {
        at = i;
        return escapedString(start);
      }
      if (c >= 0 && c < ' ') { // below 0 are the bytes of all that is not ASCII
        at = i;
        throw expected("control characters escaped");
      }
    }
    at = text.length;
    throw expected("'\"'");
  }

  /** Goes on where {@link #string()} met the first escape. */
  private int escapedString(int start) throws JsonSyntaxException {
    while (at < json.length) {
      byte c = json[at];
      if (c == '"') {
        at++;
        return tape.add(JsonTape.ESCAPED_STRING, start, at);
      }
      if (c >= 0 && c < ' ') {
        throw expected("control characters escaped");
      }
      at++;
      if (c == '\\') {
        escape();
      }
    }
    throw expected("'\"'");
  }

  private void escape() throws JsonSyntaxException {
    byte c = peek();
    if (c == 'u') {
      at++;
      unicode();
    } else if (JsonEscapes.LETTERS.indexOf(c) >= 0) {
      at++;
    } else {
      throw expected("one of \" \\ / b f n r t u after '\\'");
    }
  }

  private void unicode() throws JsonSyntaxException {
    char first = hex4();
    if (!Character.isSurrogate(first)) {
      return;
    }
    if (Character.isHighSurrogate(first) && peek() == '\\' && peek(1) == 'u') {
      at += 2;
      if (Character.isLowSurrogate(hex4())) {
        return;
      }
    }
    throw expected("a pair of surrogates");
  }

  private char hex4() throws JsonSyntaxException {
    int value = 0;
    for (int i = 0; i < 4; i++) {
      int digit = Character.digit(peek(), 16);
      if (digit < 0) {
        throw expected("four hex digits after '\\u'");
      }
      value = value << 4 | digit;
      at++;
    }
    return (char) value;
  }

  private void word(int kind, byte[] word) throws JsonSyntaxException {
    for (int i = 0; i < word.length; i++) {
      if (peek(i) != word[i]) {
        throw expected("a value");
      }
    }
    tape.add(kind, at, at + word.length);
    at += word.length;
  }

  private boolean take(char c) {
    if (peek() != c) {
      return false;
    }
    at++;
    return true;
  }

  private void skipSpace() {
    while (at < json.length && isSpace(json[at])) {
      at++;
    }
  }

  private static boolean isSpace(byte c) {
    return c <= ' ' && (c == ' ' || c == '\n' || c == '\r' || c == '\t');
  }

  private byte peek() {
    return peek(0);
  }

  private byte peek(int ahead) {
    int index = at + ahead;
    return index < json.length ? json[index] : END;
  }

  private static boolean isDigit(byte c) {
    return c >= '0' && c <= '9';
  }

  private JsonSyntaxException expected(String expected) {
    return new JsonSyntaxException(at, found() + " (expected: " + expected + ")");
  }

  private String found() {
    if (at >= json.length) {
      return "the end";
    }
    int length = Math.min(MAX_UTF8, json.length - at);
    int c = new String(json, at, length, UTF_8).codePointAt(0);
    return c < ' ' || Character.getType(c) == Character.UNASSIGNED
        ? "character U+%04X".formatted(c)
        : "'" + Character.toString(c) + "'";
  }
}
