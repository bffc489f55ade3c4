package io.bodybroker.cli.soak;

import java.util.List;

/**
 * Something that was promised, and whether it was kept.
 *
 * @param text the promise, with the figures that bear it out
 * @param breaches what broke it; none if it was kept
 */
record Promise(String text, List<String> breaches) {
  Promise {
    breaches = List.copyOf(breaches);
  }

  /** A promise that nothing of the kind happens. */
  static Promise none(String text, List<?> breaches) {
    return new Promise(text, breaches.stream().map(String::valueOf).toList());
  }

  /** A promise that something is so. */
  static Promise that(String text, boolean isSo, String otherwise) {
    return new Promise(text, isSo ? List.of() : List.of(otherwise));
  }

  boolean isKept() {
    return breaches.isEmpty();
  }
}
