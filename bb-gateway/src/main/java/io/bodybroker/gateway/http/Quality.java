package io.bodybroker.gateway.http;

import java.util.List;
import java.util.Locale;

/** How welcome something is, by the weights of a header such as {@code Accept} (RFC 9110, 12.4). */
final class Quality {
  private Quality() {}

  /**
   * The weight that counts for something: that of the most specific range that matches it.
   *
   * @param header all values of the header, joined by commas
   * @param ranges what matches it, the most specific last
   * @return 0 if it is unwelcome, or no range matches
   */
  static double of(String header, List<String> ranges) {
    double quality = 0;
    int best = -1;
    for (String range : header.toLowerCase(Locale.ROOT).split(",", -1)) {
      String[] parts = range.split(";", -1);
      int specificity = ranges.indexOf(parts[0].strip());
      if (specificity > best) {
        best = specificity;
        quality = weight(parts);
      }
    }
    return quality;
  }

  private static double weight(String[] parts) {
    for (int i = 1; i < parts.length; i++) {
      String parameter = parts[i].strip();
      if (parameter.startsWith("q=")) {
        try {
          return Double.parseDouble(parameter.substring(2));
        } catch (NumberFormatException e) {
          return 0;
        }
      }
    }
    return 1;
  }
}
