package io.bodybroker.cli.soak;

import java.util.Map;

/**
 * An answer of a gateway or a health server.
 *
 * @param status of HTTP
 * @param headers by name in lower case
 */
record HttpReply(int status, Map<String, String> headers, String body) {
  HttpReply {
    headers = Map.copyOf(headers);
  }

  String header(String name) {
    return headers.getOrDefault(name, "");
  }
}
