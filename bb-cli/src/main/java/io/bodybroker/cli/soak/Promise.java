package io.bodybroker.cli.soak;

import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Something that was promised, and whether it was kept.
 *
 * @param text the promise, with the figures that bear it out
 * @param breaches what broke it; none if it was kept
 */
public record Promise(String text, List<String> breaches) {
  private static final int SHOWN_BREACHES = 5;

  /** With the breaches copied. */
  public Promise {
    breaches = List.copyOf(breaches);
  }

  /** A promise that nothing of the kind happens. */
  public static Promise none(String text, List<?> breaches) {
    return new Promise(text, breaches.stream().map(String::valueOf).toList());
  }

  /** A promise that something is so. */
  public static Promise that(String text, boolean isSo, String otherwise) {
    return new Promise(text, isSo ? List.of() : List.of(otherwise));
  }

  /** Whether nothing broke it. */
  public boolean isKept() {
    return breaches.isEmpty();
  }

  /** For people, with the first breaches. */
  public void print(PrintStream out) {
    out.printf("  %-6s %s%n", isKept() ? "kept" : "BROKEN", text);
    breaches.stream()
        .limit(SHOWN_BREACHES)
        .forEach(breach -> out.printf("           %s%n", breach));
    if (breaches.size() > SHOWN_BREACHES) {
      out.printf("           and %d more%n", breaches.size() - SHOWN_BREACHES);
    }
  }

  /** For a report in JSON. */
  public Map<String, Object> tree() {
    var tree = new LinkedHashMap<String, Object>();
    tree.put("text", text);
    tree.put("kept", isKept());
    tree.put("breaches", breaches);
    return tree;
  }
}
