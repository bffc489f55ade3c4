package io.bodybroker.gateway.http;

import io.bodybroker.gateway.problem.HttpProblems;
import java.util.List;
import java.util.Locale;

/** JSON in, JSON out: what {@code Content-Type} and {@code Accept} must say for that. */
final class MediaTypes {
  private static final String JSON = "application/json";

  private MediaTypes() {}

  /** Refuses what is not JSON in UTF-8. */
  static void requireJson(String contentType) {
    String[] parts = contentType.toLowerCase(Locale.ROOT).split(";", -1);
    boolean isJson = parts[0].strip().equals(JSON);
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
    if (quality(accept, "application", JSON) <= 0) {
      throw HttpProblems.notAcceptable(String.join(",", accept), JSON);
    }
  }

  /**
   * The form a client wants a stream in; lines of JSON if it does not mind.
   *
   * @throws io.bodybroker.gateway.problem.ProblemException 406
   */
  static StreamFormat streamFormat(List<String> accept) {
    double lines = quality(accept, "application", StreamFormat.JSON_LINES.mediaType());
    double events = quality(accept, "text", StreamFormat.EVENT_STREAM.mediaType());
    if (lines <= 0 && events <= 0) {
      throw HttpProblems.notAcceptable(
          String.join(",", accept),
          StreamFormat.EVENT_STREAM.mediaType() + " or " + StreamFormat.JSON_LINES.mediaType());
    }
    return events > lines ? StreamFormat.EVENT_STREAM : StreamFormat.JSON_LINES;
  }

  private static double quality(List<String> accept, String kind, String mediaType) {
    if (accept.size() == 1 && accept.getFirst().equals(mediaType)) {
      return 1;
    }
    String all = String.join(",", accept);
    return all.isBlank() ? 1 : Quality.of(all, List.of("*/*", kind + "/*", mediaType));
  }
}
