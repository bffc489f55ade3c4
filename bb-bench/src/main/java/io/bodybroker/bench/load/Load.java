package io.bodybroker.bench.load;

import java.util.Locale;
import java.util.Map;

/**
 * What load to put on a target.
 *
 * @param bytes of a request and of its answer
 * @param number callers, calls under way, or calls a second
 * @param millis for how long
 */
public record Load(Style style, int bytes, int number, int millis) {
  /** How calls follow each other. */
  public enum Style {
    /** So many callers, each of whom waits for its answer. */
    BLOCKING,
    /** So many calls under way; the next is begun where an answer arrives. */
    ASYNC,
    /** So many calls a second, whatever becomes of them. */
    OPEN
  }

  Loads.Done on(Target target) throws InterruptedException {
    long nanos = millis * 1_000_000L;
    return switch (style) {
      case BLOCKING -> Loads.blocking(target, number, nanos);
      case ASYNC -> Loads.async(target, number, nanos);
      case OPEN -> Loads.open(target, number, nanos);
    };
  }

  String encode() {
    return "style=%s bytes=%d number=%d millis=%d".formatted(style, bytes, number, millis);
  }

  static Load decode(Map<String, String> words) {
    return new Load(
        Style.valueOf(Words.text(words, "style").toUpperCase(Locale.ROOT)),
        (int) Words.number(words, "bytes"),
        (int) Words.number(words, "number"),
        (int) Words.number(words, "millis"));
  }
}
