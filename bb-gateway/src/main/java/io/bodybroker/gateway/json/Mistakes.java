package io.bodybroker.gateway.json;

import io.bodybroker.gateway.refusal.Refusal;
import io.bodybroker.sdk.error.FieldViolation;
import io.bodybroker.sdk.error.ServiceException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What is wrong with one JSON text, with the place of each mistake. Not thread-safe. */
final class Mistakes {
  private static final int MAX = 20;

  private record Mistake(FieldViolation violation, int offset) {}

  private final String text;
  private final List<Mistake> mistakes = new ArrayList<>();

  Mistakes(String text) {
    this.text = text;
  }

  void add(String path, JsonValue value, String expected) {
    add(path, value.describe(), expected, value.offset());
  }

  /** Keeps the first few: whoever sent more has not read the contract. */
  void add(String path, String value, String expected, int offset) {
    if (mistakes.size() < MAX) {
      mistakes.add(new Mistake(new FieldViolation(path, value, expected), offset));
    }
  }

  void throwIfAny() {
    if (mistakes.isEmpty()) {
      return;
    }
    String message =
        mistakes.stream()
            .map(mistake -> mistake.violation().describe() + place(mistake.offset()))
            .collect(Collectors.joining("; "));
    throw Refusal.because(message)
        .fieldViolations(mistakes.stream().map(Mistake::violation).toList())
        .build();
  }

  private String place(int offset) {
    return " at line " + line(text, offset) + ", column " + column(text, offset);
  }

  static ServiceException syntax(String text, JsonSyntaxException error) {
    int line = line(text, error.offset());
    int column = column(text, error.offset());
    String message =
        "the body is not JSON: line %d, column %d: %s".formatted(line, column, error.getMessage());
    return Refusal.because(message).detail("line", line).detail("column", column).build();
  }

  private static int line(String text, int offset) {
    return 1 + (int) text.chars().limit(offset).filter(c -> c == '\n').count();
  }

  /** In characters, as editors count. */
  private static int column(String text, int offset) {
    int lineStart = text.lastIndexOf('\n', offset - 1) + 1;
    return 1 + text.codePointCount(lineStart, offset);
  }
}
