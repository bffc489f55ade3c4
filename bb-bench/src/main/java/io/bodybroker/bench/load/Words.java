package io.bodybroker.bench.load;

import java.util.HashMap;
import java.util.Map;

/** A line of {@code name=value} words, as worker processes and their parent talk. */
final class Words {
  private Words() {}

  static Map<String, String> of(String line) {
    var words = new HashMap<String, String>();
    for (String word : line.split(" ", -1)) {
      int equals = word.indexOf('=');
      if (equals > 0) {
        words.put(word.substring(0, equals), word.substring(equals + 1));
      }
    }
    return words;
  }

  static String text(Map<String, String> words, String name) {
    String value = words.get(name);
    if (value == null) {
      throw new IllegalArgumentException("no " + name + " in " + words.keySet());
    }
    return value;
  }

  static long number(Map<String, String> words, String name) {
    return Long.parseLong(text(words, name));
  }
}
