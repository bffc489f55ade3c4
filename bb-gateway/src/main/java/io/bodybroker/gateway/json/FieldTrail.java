package io.bodybroker.gateway.json;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Where in a message the reader is. It becomes a text only if there is a mistake to tell. Not
 * thread-safe.
 */
final class FieldTrail {
  private static final int INDEX = -1;
  private static final int LONGEST_KEY = 100;

  private final JsonTape tape;

  /** A field or a name; null for an element or an entry. */
  private @Nullable Object[] steps = new Object[8];

  /** Of an entry its name on the tape, of an element {@link #INDEX}. */
  private int[] names = new int[8];

  private int[] indexes = new int[8];
  private int length;

  FieldTrail(JsonTape tape) {
    this.tape = tape;
  }

  void field(FieldPlan field) {
    push(field, INDEX, 0);
  }

  void name(String name) {
    push(name, INDEX, 0);
  }

  void element(int index) {
    push(null, INDEX, index);
  }

  void entry(int name) {
    push(null, name, 0);
  }

  private void push(@Nullable Object step, int name, int index) {
    if (length == steps.length) {
      steps = Arrays.copyOf(steps, 2 * length);
      names = Arrays.copyOf(names, 2 * length);
      indexes = Arrays.copyOf(indexes, 2 * length);
    }
    steps[length] = step;
    names[length] = name;
    indexes[length++] = index;
  }

  /** Back from where the last step led. */
  void back() {
    length--;
  }

  boolean isEmpty() {
    return length == 0;
  }

  /** Whether a field on the way is a secret by its contract ({@code debug_redact}). */
  boolean isSecret() {
    for (int i = 0; i < length; i++) {
      if (steps[i] instanceof FieldPlan plan && plan.field.getOptions().getDebugRedact()) {
        return true;
      }
    }
    return false;
  }

  /** A key is as long as a client makes it, and each mistake below it tells it again. */
  private static String shortened(String key) {
    return key.length() > LONGEST_KEY ? key.substring(0, LONGEST_KEY) + "…" : key;
  }

  /** As in {@code book.authors[2].names["en"]}; empty at the start. */
  String path() {
    var path = new StringBuilder();
    for (int i = 0; i < length; i++) {
      Object step = steps[i];
      if (step != null) {
        String name = step instanceof FieldPlan plan ? plan.field.getName() : (String) step;
        path.append(path.isEmpty() ? "" : ".").append(name);
      } else if (names[i] == INDEX) {
        path.append('[').append(indexes[i]).append(']');
      } else {
        path.append("[\"").append(shortened(tape.text(names[i]))).append("\"]");
      }
    }
    return path.toString();
  }
}
