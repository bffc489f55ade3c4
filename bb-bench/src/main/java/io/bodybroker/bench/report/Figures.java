package io.bodybroker.bench.report;

import java.util.Locale;

/** Numbers for people: three digits that count, all digits of what is large. */
final class Figures {
  private Figures() {}

  /** {@code 0.0123}, {@code 1.23}, {@code 123}, {@code 1,234,567}. */
  static String of(double value) {
    double size = Math.abs(value);
    if (!Double.isFinite(value)) {
      return "–";
    }
    if (size == 0) {
      return "0";
    }
    if (size < 0.001) {
      return String.format(Locale.ROOT, "%.1e", value);
    }
    return String.format(Locale.ROOT, "%,." + decimals(size) + "f", value);
  }

  private static int decimals(double size) {
    if (size >= 99.95) {
      return 0;
    }
    if (size >= 9.995) {
      return 1;
    }
    if (size >= 0.9995) {
      return 2;
    }
    return size >= 0.09995 ? 3 : 4;
  }

  /** For an axis: {@code 0.5}, {@code 20}, {@code 50k}, {@code 2M}. */
  static String tick(double value) {
    if (Math.abs(value) >= 1e6) {
      return plain(value / 1e6) + "M";
    }
    return Math.abs(value) >= 10_000 ? plain(value / 1e3) + "k" : plain(value);
  }

  private static String plain(double value) {
    String text = String.format(Locale.ROOT, "%.6f", value);
    return text.replaceFirst("\\.?0+$", "");
  }

  /** The median, and from the least to the most where they differ. */
  static String withRange(Stat stat) {
    return stat.rounds().size() == 1 ? of(stat.median()) : of(stat.median()) + range(stat);
  }

  private static String range(Stat stat) {
    return " (" + of(stat.min()) + "–" + of(stat.max()) + ")";
  }
}
