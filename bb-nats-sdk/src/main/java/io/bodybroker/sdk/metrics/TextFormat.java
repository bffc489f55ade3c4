package io.bodybroker.sdk.metrics;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Prometheus' text exposition format, version 0.0.4. */
final class TextFormat {
  private static final Logger LOG = System.getLogger(Metrics.class.getName());
  private static final Comparator<Map.Entry<List<String>, Series>> BY_LABELS =
      Comparator.comparing(entry -> String.join("\0", entry.getKey()));
  private static final List<String> BOUNDARIES =
      Histogram.BOUNDARIES.stream().map(TextFormat::boundary).toList();

  private TextFormat() {}

  /** As Prometheus spells a boundary itself: no exponent, and a fraction. */
  private static String boundary(double seconds) {
    String plain = BigDecimal.valueOf(seconds).stripTrailingZeros().toPlainString();
    return plain.contains(".") ? plain : plain + ".0";
  }

  static void append(StringBuilder text, Family family) {
    Metric metric = family.metric();
    text.append("# HELP ").append(metric.name()).append(' ');
    escape(text, metric.help(), false);
    text.append("\n# TYPE ").append(metric.name()).append(' ');
    text.append(metric.kind().text()).append('\n');
    family.series().entrySet().stream()
        .sorted(BY_LABELS)
        .forEach(entry -> append(text, metric, entry.getKey(), entry.getValue()));
  }

  private static void append(
      StringBuilder text, Metric metric, List<String> values, Series series) {
    String labels = labels(metric.labels(), values);
    switch (series) {
      case Counter counter -> sample(text, metric.name(), labels, Long.toString(counter.count()));
      case Histogram histogram -> histogram(text, metric.name(), labels, histogram);
      case Observed observed -> observed(text, metric.name(), labels, observed);
    }
  }

  private static void observed(StringBuilder text, String name, String labels, Observed observed) {
    try {
      sample(text, name, labels, number(observed.value()));
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "what observes " + name + " failed", e);
    }
  }

  private static void histogram(
      StringBuilder text, String name, String labels, Histogram histogram) {
    String before = labels.isEmpty() ? "" : labels + ",";
    long[] counts = histogram.counts();
    long sum = 0;
    for (int i = 0; i < counts.length; i++) {
      sum += counts[i];
      String upper = i < BOUNDARIES.size() ? BOUNDARIES.get(i) : "+Inf";
      sample(text, name + "_bucket", before + "le=\"" + upper + "\"", Long.toString(sum));
    }
    sample(text, name + "_sum", labels, number(histogram.sumSeconds()));
    sample(text, name + "_count", labels, Long.toString(sum));
  }

  private static void sample(StringBuilder text, String name, String labels, String value) {
    text.append(name);
    if (!labels.isEmpty()) {
      text.append('{').append(labels).append('}');
    }
    text.append(' ').append(value).append('\n');
  }

  private static String labels(List<String> names, List<String> values) {
    var text = new StringBuilder();
    for (int i = 0; i < names.size(); i++) {
      text.append(i == 0 ? "" : ",").append(names.get(i)).append("=\"");
      escape(text, values.get(i), true);
      text.append('"');
    }
    return text.toString();
  }

  private static void escape(StringBuilder text, String value, boolean isQuoted) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      switch (c) {
        case '\\' -> text.append("\\\\");
        case '\n' -> text.append("\\n");
        case '"' -> text.append(isQuoted ? "\\\"" : "\"");
        default -> text.append(c);
      }
    }
  }

  private static String number(double value) {
    if (Double.isInfinite(value)) {
      return value > 0 ? "+Inf" : "-Inf";
    }
    boolean isWhole = value == Math.rint(value) && Math.abs(value) < 1e15;
    return isWhole ? Long.toString((long) value) : Double.toString(value);
  }
}
