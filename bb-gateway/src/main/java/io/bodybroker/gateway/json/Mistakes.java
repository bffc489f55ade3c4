package io.bodybroker.gateway.json;

import static java.nio.charset.StandardCharsets.UTF_8;

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

  private final byte[] json;
  private final List<Mistake> mistakes = new ArrayList<>(0);

  Mistakes(byte[] json) {
    this.json = json;
  }

  /**
   * Whether there are so many that no further one is kept: who sent more has not read the contract.
   */
  boolean isFull() {
    return mistakes.size() >= MAX;
  }

  boolean isEmpty() {
    return mistakes.isEmpty();
  }

  void add(String path, String value, String expected, int offset) {
    mistakes.add(new Mistake(new FieldViolation(path, value, expected), offset));
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
    return " at line " + line(json, offset) + ", column " + column(json, offset);
  }

  static ServiceException syntax(byte[] json, JsonSyntaxException error) {
    int line = line(json, error.offset());
    int column = column(json, error.offset());
    String message =
        "the body is not JSON: line %d, column %d: %s".formatted(line, column, error.getMessage());
    return Refusal.because(message).detail("line", line).detail("column", column).build();
  }

  private static int line(byte[] json, int offset) {
    int line = 1;
    for (int i = 0; i < offset; i++) {
      line += json[i] == '\n' ? 1 : 0;
    }
    return line;
  }

  /** In characters, as editors count. */
  private static int column(byte[] json, int offset) {
    int start = offset;
    while (start > 0 && json[start - 1] != '\n') {
      start--;
    }
    String before = new String(json, start, offset - start, UTF_8);
    return 1 + before.codePointCount(0, before.length());
  }
}
