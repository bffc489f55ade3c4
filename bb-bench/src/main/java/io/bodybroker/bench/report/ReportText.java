package io.bodybroker.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A report for a terminal: tables of at most 120 columns. */
public final class ReportText {
  private static final int COLUMNS = 120;
  private static final String GAP = "  ";

  private final StringBuilder out = new StringBuilder();

  private ReportText() {}

  /** All of it. */
  public static String of(Report report) {
    var text = new ReportText();
    report.sections().forEach(text::section);
    text.summary(report);
    return text.out.toString();
  }

  private void section(Section section) {
    line("== " + section.title() + " ==");
    wrapped("", section.text());
    for (Chart chart : section.charts()) {
      line("");
      line(fit(chart.title(), COLUMNS));
      line(
          fit(
              chart.y()
                  + (chart.best() == Chart.Best.MORE ? ", more is better" : ", less is better"),
              COLUMNS));
      table(rows(chart));
    }
    if (!section.ratios().isEmpty()) {
      line("");
      table(ratios(section.ratios()));
    }
    section.notes().forEach(note -> wrapped("note: ", note));
    line("");
  }

  private void summary(Report report) {
    var goals =
        report.sections().stream()
            .flatMap(section -> section.ratios().stream())
            .filter(ratio -> ratio.goal() != null)
            .toList();
    if (!goals.isEmpty()) {
      long met = goals.stream().filter(Ratio::isMet).count();
      line("%d of %d goals met".formatted(met, goals.size()));
    }
    if (report.isQuick()) {
      line(
          "This was the quick form: few and short rounds; its figures only tell whether something is far off.");
    }
  }

  private static List<List<String>> rows(Chart chart) {
    var rows = new ArrayList<List<String>>();
    var head = new ArrayList<>(List.of(chart.x()));
    chart.series().forEach(series -> head.add(series.name()));
    rows.add(head);
    for (String label : ChartImage.labels(chart)) {
      var row = new ArrayList<>(List.of(label));
      for (Chart.Series series : chart.series()) {
        row.add(
            series.points().stream()
                .filter(point -> point.label().equals(label))
                .map(point -> Figures.withRange(point.stat()))
                .findFirst()
                .orElse("–"));
      }
      rows.add(row);
    }
    return rows;
  }

  private static List<List<String>> ratios(List<Ratio> ratios) {
    var rows = new ArrayList<List<String>>();
    rows.add(List.of("ratio", "value", "goal", ""));
    for (Ratio ratio : ratios) {
      Ratio.Goal goal = ratio.goal();
      rows.add(
          List.of(
              ratio.name(),
              String.format(Locale.ROOT, "%.2f", ratio.value()),
              goal == null ? "" : goal.toString(),
              goal == null ? "" : ratio.isMet() ? "✓ met" : "✗ MISSED"));
    }
    return rows;
  }

  /** The first column to the left, the others to the right; what does not fit goes below. */
  private void table(List<List<String>> rows) {
    int columns = rows.getFirst().size();
    int first = Math.min(width(rows, 0), COLUMNS / 2);
    int from = 1;
    while (from < columns) {
      int room = COLUMNS - first;
      int to = from;
      while (to < columns && (to == from || width(rows, to) + GAP.length() <= room)) {
        room -= width(rows, to) + GAP.length();
        to++;
      }
      part(rows, first, from, to);
      from = to;
    }
  }

  private void part(List<List<String>> rows, int first, int from, int to) {
    for (List<String> row : rows) {
      var text = new StringBuilder(left(fit(row.getFirst(), first), first));
      for (int column = from; column < to; column++) {
        int width = Math.min(width(rows, column), COLUMNS - first - GAP.length());
        text.append(GAP).append(right(fit(row.get(column), width), width));
      }
      line(text.toString().stripTrailing());
    }
  }

  private static int width(List<List<String>> rows, int column) {
    return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
  }

  private static String left(String text, int width) {
    return text + " ".repeat(Math.max(0, width - text.length()));
  }

  private static String right(String text, int width) {
    return " ".repeat(Math.max(0, width - text.length())) + text;
  }

  private static String fit(String text, int width) {
    return text.length() <= width ? text : text.substring(0, width - 1) + "…";
  }

  private void wrapped(String begin, String text) {
    var current = new StringBuilder(begin);
    for (String word : text.strip().split("\\s+", -1)) {
      if (current.length() + word.length() > COLUMNS && !current.isEmpty()) {
        line(current.toString().stripTrailing());
        current.setLength(0);
      }
      current.append(fit(word, COLUMNS)).append(' ');
    }
    line(current.toString().stripTrailing());
  }

  private void line(String text) {
    out.append(text).append('\n');
  }
}
