package io.bodybroker.bench.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** How each contender is drawn: the same in all charts of a report, ours so that it stands out. */
final class Contenders {
  private static final List<Hue> OURS = List.of(Hue.OURS_1, Hue.OURS_2);
  private static final List<Hue> OTHERS =
      List.of(Hue.OTHER_1, Hue.OTHER_2, Hue.OTHER_3, Hue.OTHER_4, Hue.OTHER_5, Hue.OTHER_6);

  /** Known contenders have the same colour in all reports too. */
  private static final Map<String, Hue> KNOWN =
      Map.of("raw", Hue.OTHER_1, "raw jnats", Hue.OTHER_1, "gRPC", Hue.OTHER_2);

  private final Map<String, Hue> hues = new LinkedHashMap<>();

  private Contenders(Stream<String> names) {
    names.distinct().forEach(this::add);
  }

  static Contenders of(Report report) {
    return new Contenders(
        report.sections().stream().flatMap(section -> names(section.charts().stream())));
  }

  static Contenders of(Chart chart) {
    return new Contenders(names(Stream.of(chart)));
  }

  private static Stream<String> names(Stream<Chart> charts) {
    return charts.flatMap(chart -> chart.series().stream()).map(Chart.Series::name);
  }

  private void add(String name) {
    Hue known = KNOWN.get(name);
    if (known != null && !hues.containsValue(known)) {
      hues.put(name, known);
      return;
    }
    // When ours have no more colours they take others' too; with more than there are, marks and
    // names tell them apart. What others are known by is the last choice.
    var palette = new ArrayList<Hue>(isOurs(name) ? OURS : List.of());
    palette.addAll(OTHERS.stream().filter(hue -> !KNOWN.containsValue(hue)).toList());
    palette.addAll(KNOWN.values().stream().distinct().sorted().toList());
    hues.put(
        name,
        palette.stream()
            .filter(hue -> !hues.containsValue(hue))
            .findFirst()
            .orElse(palette.get(hues.size() % palette.size())));
  }

  /** Whether it is the project's own. */
  static boolean isOurs(String name) {
    return name.matches("(?i)(sdk|gateway|ours|bb|body broker|protobuf)\\b.*");
  }

  Hue hue(String name) {
    return hues.getOrDefault(name, Hue.SOFT);
  }

  /** Which mark its points have, from 0. */
  int mark(String name) {
    return List.copyOf(hues.keySet()).indexOf(name);
  }
}
