package io.bodybroker.cli;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An option that is a time, or how long ago that was. */
final class TimeOption {
  private static final Pattern AGO = Pattern.compile("([0-9]{1,9})([smhd])");

  private TimeOption() {}

  static Optional<Instant> of(Arguments arguments, String option, Instant now) {
    return arguments.text(option).map(text -> parse(option, text, now));
  }

  private static Instant parse(String option, String text, Instant now) {
    try {
      Matcher ago = AGO.matcher(text);
      return ago.matches()
          ? now.minus(age(Long.parseLong(ago.group(1)), ago.group(2)))
          : OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      throw CommandException.usage(
          "%s: \"%s\" (expected: a time such as 2026-11-26T03:00:00Z, or how long ago: 90s, 30m, 2h, 7d)"
              .formatted(option, text));
    }
  }

  private static Duration age(long count, String unit) {
    return switch (unit) {
      case "s" -> Duration.ofSeconds(count);
      case "m" -> Duration.ofMinutes(count);
      case "h" -> Duration.ofHours(count);
      default -> Duration.ofDays(count);
    };
  }
}
