package io.bodybroker.gateway.http;

import io.bodybroker.gateway.problem.HttpProblems;
import java.util.List;
import java.util.Locale;

/** JSON in, JSON out: what {@code Content-Type} and {@code Accept} must say for that. */
final class MediaTypes {
  private MediaTypes() {}

  /** Refuses what is not JSON in UTF-8. */
  static void requireJson(String contentType) {
    String[] parts = contentType.toLowerCase(Locale.ROOT).split(";", -1);
    boolean isJson = parts[0].strip().equals("application/json");
    for (int i = 1; i < parts.length; i++) {
      String parameter = parts[i].replace("\"", "").replace(" ", "");
      isJson &= !parameter.startsWith("charset=") || parameter.equals("charset=utf-8");
    }
    if (!isJson) {
      throw HttpProblems.unsupportedMediaType(contentType);
    }
  }

  /** Refuses a client that will not take JSON. None that says nothing. */
  static void requireTakesJson(List<String> accept) {
    String all = String.join(",", accept);
    if (!all.isBlank() && quality(all) <= 0) {
      throw HttpProblems.notAcceptable(all);
    }
  }

  /**
   * How welcome JSON is: of the ranges that match it the most specific one counts (RFC 9110,
   * 12.5.1).
   */
  private static double quality(String accept) {
    double quality = 0;
    int best = -1;
    for (String range : accept.toLowerCase(Locale.ROOT).split(",", -1)) {
      String[] parts = range.split(";", -1);
      int specificity =
          List.of("*/*", "application/*", "application/json").indexOf(parts[0].strip());
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
