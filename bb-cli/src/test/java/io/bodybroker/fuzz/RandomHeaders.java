package io.bodybroker.fuzz;

import io.nats.client.impl.Headers;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Headers that no client of ours would send beside some that it might. */
final class RandomHeaders {
  private static final String HUGE = "h".repeat(8_000);
  private static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

  private static final Map<String, List<String>> VALUES =
      Map.of(
          "Bb-Timeout-Ms",
          List.of(
              "0", "1", "30", "-1", "1e9", "999999999", "99999999999999999999", "soon", " ", HUGE),
          "traceparent",
          List.of(TRACE, TRACE.substring(1), "00-0-0-0", "ff-" + TRACE.substring(3), "", HUGE),
          "tracestate",
          List.of("a=b", "=,=,", ",".repeat(600), HUGE),
          "Bb-Request-Id",
          List.of("r1", "%", "%zz%00%ff", HUGE),
          "Bb-User",
          List.of("ada", "%C3%A4", "%ff%fe", "", HUGE),
          "Bb-Idempotency-Key",
          List.of("k1", "k2", "k3", "", "%00", HUGE),
          "Bb-Header-accept-language",
          List.of("en", HUGE),
          "Bb-Header-",
          List.of("x"),
          "Bb-Stream-Credit",
          List.of("1 1", "0 0", "-1 -1", "x", "999999999999999999 999999999999999999", "1", HUGE),
          "Nats-Service-Error",
          List.of("INTERNAL: no"));

  private static final List<String> NAMES = VALUES.keySet().stream().sorted().toList();

  private final Random random;

  RandomHeaders(Random random) {
    this.random = random;
  }

  /** None half the time; now and then the same name twice. */
  Headers next() {
    var headers = new Headers();
    if (random.nextBoolean()) {
      for (int count = 1 + random.nextInt(3); count > 0; count--) {
        String name = NAMES.get(random.nextInt(NAMES.size()));
        List<String> values = VALUES.getOrDefault(name, List.of());
        headers.add(name, values.get(random.nextInt(values.size())));
      }
    }
    return headers;
  }
}
