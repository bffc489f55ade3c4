package io.bodybroker.testkit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a {@code /metrics} page says: Prometheus' text format, taken apart.
 *
 * {@snippet file="io/bodybroker/testkit/PrometheusTextTest.java" region="example"}
 *
 * <p>Immutable.
 *
 * @param types by the names of the metrics: {@code counter}, {@code gauge}, {@code histogram}
 * @param samples in the order of the page
 */
public record PrometheusText(Map<String, String> types, List<Sample> samples) {
  private static final Pattern TYPE = Pattern.compile("# TYPE (\\S+) (\\S+)");
  private static final Pattern SAMPLE =
      Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(.*)})? (\\S+)");
  private static final Pattern LABEL =
      Pattern.compile("([a-zA-Z0-9_]+)=\"((?:[^\"\\\\]|\\\\.)*)\",?");

  /**
   * One line that is no comment.
   *
   * @param name of a metric, or with {@code _bucket}, {@code _sum} or {@code _count} after it
   * @param labels by their names
   * @param value the figure
   */
  public record Sample(String name, Map<String, String> labels, double value) {
    /** Copies the labels. */
    public Sample {
      labels = Map.copyOf(labels);
    }
  }

  /** Copies both. */
  public PrometheusText {
    types = Map.copyOf(types);
    samples = List.copyOf(samples);
  }

  /**
   * Reads a page.
   *
   * @throws IllegalArgumentException if a line is of neither form, showing it
   */
  public static PrometheusText parse(String page) {
    var types = new LinkedHashMap<String, String>();
    var samples = new ArrayList<Sample>();
    page.lines()
        .forEach(line -> {
          Matcher type = TYPE.matcher(line);
          if (type.matches()) {
            types.put(type.group(1), type.group(2));
          } else if (!line.isBlank() && !line.startsWith("#")) {
            samples.add(sample(line));
          }
        });
    return new PrometheusText(types, samples);
  }

  private static Sample sample(String line) {
    Matcher parts = SAMPLE.matcher(line);
    if (!parts.matches()) {
      throw new IllegalArgumentException("\"" + line + "\" (expected: name{labels} value)");
    }
    var labels = new LinkedHashMap<String, String>();
    if (parts.group(2) != null) {
      Matcher label = LABEL.matcher(parts.group(2));
      while (label.lookingAt()) {
        labels.put(label.group(1), label.group(2));
        label.region(label.end(), parts.group(2).length());
      }
      if (label.regionStart() != parts.group(2).length()) {
        throw new IllegalArgumentException("\"" + line + "\" (expected: name=\"value\",…)");
      }
    }
    return new Sample(parts.group(1), labels, number(parts.group(3)));
  }

  private static double number(String text) {
    return switch (text) {
      case "+Inf" -> Double.POSITIVE_INFINITY;
      case "-Inf" -> Double.NEGATIVE_INFINITY;
      default -> Double.parseDouble(text);
    };
  }

  /**
   * The sum of all samples of a name that have these labels, 0 if there are none.
   *
   * @param labels names and values, in turn
   */
  public double sum(String name, String... labels) {
    return samples.stream()
        .filter(sample -> sample.name().equals(name) && has(sample, labels))
        .mapToDouble(Sample::value)
        .sum();
  }

  private static boolean has(Sample sample, String... labels) {
    for (int i = 0; i < labels.length; i += 2) {
      if (!labels[i + 1].equals(sample.labels().get(labels[i]))) {
        return false;
      }
    }
    return true;
  }
}
