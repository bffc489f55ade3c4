package io.bodybroker.gateway.json;

import io.bodybroker.gateway.json.JsonValue.JsonArray;
import io.bodybroker.gateway.json.JsonValue.JsonBoolean;
import io.bodybroker.gateway.json.JsonValue.JsonNull;
import io.bodybroker.gateway.json.JsonValue.JsonNumber;
import io.bodybroker.gateway.json.JsonValue.JsonObject;
import io.bodybroker.gateway.json.JsonValue.JsonString;
import io.bodybroker.gateway.json.JsonValue.Member;
import java.util.ArrayList;
import java.util.HashSet;

/**
 * JSON by RFC 8259 and not a character more: no comments, no single quotes, no trailing commas, no
 * lone surrogates, and each name once in an object. Used once.
 */
final class JsonParser {
  /** Protobuf's own limit, for binary and JSON alike. */
  static final int MAX_DEPTH = 100;

  private static final char END = 0;

  private final String text;
  private int at;
  private int depth;

  private JsonParser(String text) {
    this.text = text;
  }

  static JsonValue parse(String text) throws JsonSyntaxException {
    var parser = new JsonParser(text);
    JsonValue value = parser.value();
    parser.skipSpace();
    if (parser.at < text.length()) {
      throw parser.expected("the end");
    }
    return value;
  }

  private JsonValue value() throws JsonSyntaxException {
    skipSpace();
    int start = at;
    return switch (peek()) {
      case '{' -> object();
      case '[' -> array();
      case '"' -> new JsonString(start, string());
      case 't' -> {
        word("true");
        yield new JsonBoolean(start, true);
      }
      case 'f' -> {
        word("false");
        yield new JsonBoolean(start, false);
      }
      case 'n' -> {
        word("null");
        yield new JsonNull(start);
      }
      case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> number();
      default -> throw expected("a value");
    };
  }

  private JsonObject object() throws JsonSyntaxException {
    int start = at;
    enter();
    var members = new ArrayList<Member>();
    var names = new HashSet<String>();
    skipSpace();
    if (!take('}')) {
      do {
        skipSpace();
        int nameAt = at;
        if (peek() != '"') {
          throw expected(members.isEmpty() ? "a name in quotes or '}'" : "a name in quotes");
        }
        String name = string();
        if (!names.add(name)) {
          throw new JsonSyntaxException(nameAt, "\"" + name + "\" a second time");
        }
        skipSpace();
        if (!take(':')) {
          throw expected("':'");
        }
        members.add(new Member(nameAt, name, value()));
        skipSpace();
      } while (take(','));
      if (!take('}')) {
        throw expected("',' or '}'");
      }
    }
    depth--;
    return new JsonObject(start, members);
  }

  private JsonArray array() throws JsonSyntaxException {
    int start = at;
    enter();
    var elements = new ArrayList<JsonValue>();
    skipSpace();
    if (!take(']')) {
      do {
        elements.add(value());
        skipSpace();
      } while (take(','));
      if (!take(']')) {
        throw expected("',' or ']'");
      }
    }
    depth--;
    return new JsonArray(start, elements);
  }

  private void enter() throws JsonSyntaxException {
    if (++depth > MAX_DEPTH) {
      throw expected("at most " + MAX_DEPTH + " levels");
    }
    at++;
  }

  private JsonNumber number() throws JsonSyntaxException {
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
    return new JsonNumber(start, text.substring(start, at));
  }

  private void digits() throws JsonSyntaxException {
    if (!isDigit(peek())) {
      throw expected("a digit");
    }
    while (isDigit(peek())) {
      at++;
    }
  }

  private String string() throws JsonSyntaxException {
    int start = ++at;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '"') {
        return text.substring(start, at++);
      }
      if (c == '\\') {
        return escapedString(start);
      }
      if (c < ' ') {
        throw expected("control characters escaped");
      }
      at++;
    }
    throw expected("'\"'");
  }

  /** Goes on where {@link #string()} met the first escape. */
  private String escapedString(int start) throws JsonSyntaxException {
    var decoded = new StringBuilder(text.substring(start, at));
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '"') {
        at++;
        return decoded.toString();
      }
      if (c < ' ') {
        throw expected("control characters escaped");
      }
      at++;
      if (c == '\\') {
        escape(decoded);
      } else {
        decoded.append(c);
      }
    }
    throw expected("'\"'");
  }

  private void escape(StringBuilder decoded) throws JsonSyntaxException {
    char c = peek();
    int plain = "\"\\/bfnrt".indexOf(c);
    if (c == 'u') {
      at++;
      unicode(decoded);
    } else if (plain >= 0) {
      at++;
      decoded.append("\"\\/\b\f\n\r\t".charAt(plain));
    } else {
      throw expected("one of \" \\ / b f n r t u after '\\'");
    }
  }

  private void unicode(StringBuilder decoded) throws JsonSyntaxException {
    char first = hex4();
    if (!Character.isSurrogate(first)) {
      decoded.append(first);
      return;
    }
    if (Character.isHighSurrogate(first) && text.startsWith("\\u", at)) {
      at += 2;
      char second = hex4();
      if (Character.isLowSurrogate(second)) {
        decoded.append(first).append(second);
        return;
      }
    }
    throw expected("a pair of surrogates");
  }

  private char hex4() throws JsonSyntaxException {
    int value = 0;
    for (int i = 0; i < 4; i++) {
      int digit = Character.digit(peek(), 16);
      if (digit < 0 || peek() > 'f') {
        throw expected("four hex digits after '\\u'");
      }
      value = value << 4 | digit;
      at++;
    }
    return (char) value;
  }

  private void word(String word) throws JsonSyntaxException {
    if (!text.startsWith(word, at)) {
      throw expected("a value");
    }
    at += word.length();
  }

  private boolean take(char c) {
    if (peek() != c) {
      return false;
    }
    at++;
    return true;
  }

  private void skipSpace() {
    while (at < text.length() && " \n\r\t".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  private char peek() {
    return at < text.length() ? text.charAt(at) : END;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private JsonSyntaxException expected(String expected) {
    return new JsonSyntaxException(at, found() + " (expected: " + expected + ")");
  }

  private String found() {
    if (at >= text.length()) {
      return "the end";
    }
    int c = text.codePointAt(at);
    return c < ' ' || Character.getType(c) == Character.UNASSIGNED
        ? "character U+%04X".formatted(c)
        : "'" + Character.toString(c) + "'";
  }
}
