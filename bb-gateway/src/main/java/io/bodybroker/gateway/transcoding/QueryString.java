package io.bodybroker.gateway.transcoding;

import io.bodybroker.gateway.routing.PercentEncoding;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The query of a URI as HTML forms write it: {@code a=1&b=2}, a plus being a space. */
final class QueryString {
  private QueryString() {}

  /** All values by name, both in the order they came. */
  static Map<String, List<String>> parse(String raw) {
    if (raw.isEmpty()) {
      return Map.of();
    }
    var values = new LinkedHashMap<String, List<String>>();
    for (String pair : raw.split("&", -1)) {
      if (!pair.isEmpty()) {
        int equals = pair.indexOf('=');
        String name = decode(equals < 0 ? pair : pair.substring(0, equals));
        String value = equals < 0 ? "" : decode(pair.substring(equals + 1));
        values.computeIfAbsent(name, key -> new ArrayList<>(1)).add(value);
      }
    }
    return values;
  }

  private static String decode(String raw) {
    return PercentEncoding.decode(raw.replace('+', ' '), "query");
  }
}
