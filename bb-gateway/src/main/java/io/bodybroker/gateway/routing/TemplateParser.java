package io.bodybroker.gateway.routing;

import io.bodybroker.gateway.routing.PathTemplate.Literal;
import io.bodybroker.gateway.routing.PathTemplate.One;
import io.bodybroker.gateway.routing.PathTemplate.Rest;
import io.bodybroker.gateway.routing.PathTemplate.Segment;
import io.bodybroker.gateway.routing.PathTemplate.Variable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;

/** Recursive descent over the grammar in {@link PathTemplate}. Used once. */
final class TemplateParser {
  private static final char END = 0;

  private final String text;
  private final List<Segment> segments = new ArrayList<>();
  private final List<Variable> variables = new ArrayList<>();
  private int at;

  TemplateParser(String text) {
    this.text = text;
  }

  PathTemplate parse() {
    expect('/');
    segments(false);
    Optional<String> verb = Optional.empty();
    if (peek() == ':') {
      at++;
      verb = Optional.of(word("a verb", TemplateParser::isLiteral));
    }
    if (peek() != END) {
      throw unexpected("'/', ':' or the end");
    }
    return new PathTemplate(text, segments, verb, variables);
  }

  private void segments(boolean inVariable) {
    segment(inVariable);
    while (peek() == '/') {
      at++;
      segment(inVariable);
    }
  }

  private void segment(boolean inVariable) {
    if (!segments.isEmpty() && segments.getLast() instanceof Rest) {
      throw unexpected("'**' to be the last segment");
    }
    char next = peek();
    if (next == '*') {
      segments.add(wildcard());
    } else if (next == '{' && !inVariable) {
      variable();
    } else {
      segments.add(new Literal(word("a segment", TemplateParser::isLiteral)));
    }
  }

  private Segment wildcard() {
    at++;
    if (peek() != '*') {
      return new One();
    }
    at++;
    return new Rest();
  }

  private void variable() {
    at++;
    int start = at;
    String field = word("a field path", TemplateParser::isFieldPath);
    if (field.startsWith(".") || field.endsWith(".") || field.contains("..")) {
      at = start;
      throw unexpected("field names joined by '.'");
    }
    if (variables.stream().anyMatch(known -> known.field().equals(field))) {
      at = start;
      throw unexpected("each field once");
    }
    int from = segments.size();
    if (peek() == '=') {
      at++;
      segments(true);
    } else {
      segments.add(new One());
    }
    expect('}');
    boolean multi = segments.size() - from > 1 || segments.getLast() instanceof Rest;
    variables.add(new Variable(field, from, segments.size(), multi));
  }

  private String word(String what, IntPredicate part) {
    int start = at;
    while (at < text.length() && part.test(text.charAt(at))) {
      at++;
    }
    if (at == start) {
      throw unexpected(what);
    }
    return text.substring(start, at);
  }

  private void expect(char wanted) {
    if (peek() != wanted) {
      throw unexpected("'" + wanted + "'");
    }
    at++;
  }

  private char peek() {
    return at < text.length() ? text.charAt(at) : END;
  }

  private IllegalArgumentException unexpected(String expected) {
    return new IllegalArgumentException(
        "path template \"%s\", column %d (expected: %s)".formatted(text, at + 1, expected));
  }

  /**
   * RFC 3986's pchar without the colon, which starts a verb, and without escapes, which are for
   * requests.
   */
  private static boolean isLiteral(int c) {
    return isWord(c) || "-.~!$&'()+,;=@".indexOf(c) >= 0;
  }

  private static boolean isFieldPath(int c) {
    return isWord(c) || c == '.';
  }

  private static boolean isWord(int c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  }
}
