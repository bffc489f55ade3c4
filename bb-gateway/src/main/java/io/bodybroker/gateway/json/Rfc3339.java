package io.bodybroker.gateway.json;

import static java.time.temporal.ChronoField.NANO_OF_SECOND;

import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Timestamps;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Times as RFC 3339 writes them. Protobuf's own parser lets 30 February pass, with a warning in the
 * log.
 */
final class Rfc3339 {
  private static final DateTimeFormatter FORMAT =
      new DateTimeFormatterBuilder()
          .appendPattern("uuuu-MM-dd'T'HH:mm:ss")
          .appendFraction(NANO_OF_SECOND, 0, 9, true)
          .appendOffset("+HH:MM", "Z")
          .toFormatter(Locale.ROOT)
          .withResolverStyle(ResolverStyle.STRICT);

  private Rfc3339() {}

  /** Null if it is no time, or beyond the years 1 to 9999. */
  static @Nullable Timestamp parse(String text) {
    Instant instant;
    try {
      instant = FORMAT.parse(text, Instant::from);
    } catch (DateTimeException e) {
      return null;
    }
    var timestamp =
        Timestamp.newBuilder()
            .setSeconds(instant.getEpochSecond())
            .setNanos(instant.getNano())
            .build();
    return Timestamps.isValid(timestamp) ? timestamp : null;
  }
}
