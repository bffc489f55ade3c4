package io.bodybroker.bench.report;

import java.util.ArrayList;
import java.util.List;

/**
 * Groups of bars that lie, a line each: so names and values have room however many there are, on a
 * phone too.
 */
final class BarDrawing implements ChartImage.Drawing {
  private static final double ROW = 20;
  private static final double BAR = 13;
  private static final double HEAD = 24;
  private static final double TEXT = 12;
  private static final double GAP = 8;

  private final Chart chart;
  private final Contenders contenders;
  private final double width;

  /** With one contender the groups have one bar each, which needs no name but the group's. */
  private final boolean isSingle;

  private record Bar(Chart.Series series, Chart.Point point) {}

  BarDrawing(Chart chart, Contenders contenders, double width) {
    this.chart = chart;
    this.contenders = contenders;
    this.width = width;
    this.isSingle = chart.series().size() == 1;
  }

  @Override
  public double draw(Svg svg, double top) {
    double names = Math.min(widestName() + GAP, width * (isSingle ? 0.5 : 0.36));
    double right = width - widestValue() - GAP;
    double most = all().stream().mapToDouble(bar -> bar.point().stat().max()).max().orElse(1);
    // No round end: the longest bar may have all the room there is.
    var scale = new Scale(false, 0, most > 0 ? most : 1, names, Math.max(names + 20, right));
    double bottom = top + height();
    grid(svg, scale, top, bottom);
    double y = top;
    for (String label : ChartImage.labels(chart)) {
      if (!isSingle) {
        svg.text(0, y + 16, Svg.Anchor.START, 13, true, Hue.INK, Svg.fit(label, 13, width));
        y += HEAD;
      }
      for (Bar bar : bars(label)) {
        bar(svg, bar, scale, names, y);
        y += ROW;
      }
      y += isSingle ? 2 : 6;
    }
    return bottom + 20;
  }

  private void bar(Svg svg, Bar bar, Scale scale, double names, double y) {
    Stat stat = bar.point().stat();
    String name = bar.series().name();
    boolean isOurs = Contenders.isOurs(name) && !isSingle;
    String shown = isSingle ? bar.point().label() : name;
    double middle = y + ROW / 2;
    svg.told(ChartImage.told(chart, bar.series(), bar.point()));
    svg.text(
        names - GAP,
        middle + 4,
        Svg.Anchor.END,
        TEXT,
        isOurs,
        Hue.INK,
        Svg.fit(shown, TEXT + (isOurs ? 1.5 : 0), names - GAP));
    double end = scale.at(stat.median());
    svg.rect(names, middle - BAR / 2, Math.max(1, end - names), BAR, 1, contenders.hue(name));
    if (stat.max() > stat.min()) {
      whisker(svg, scale.at(stat.min()), scale.at(stat.max()), middle);
    }
    svg.text(
        scale.at(stat.max()) + 6,
        middle + 4,
        Svg.Anchor.START,
        TEXT,
        isOurs,
        Hue.INK,
        Figures.of(stat.median()));
    svg.end();
  }

  private static void whisker(Svg svg, double from, double to, double y) {
    svg.line(from, y, to, y, 1.5, Hue.INK);
    svg.line(from, y - 3, from, y + 3, 1.5, Hue.INK);
    svg.line(to, y - 3, to, y + 3, 1.5, Hue.INK);
  }

  private void grid(Svg svg, Scale scale, double top, double bottom) {
    double last = Double.NEGATIVE_INFINITY;
    for (double tick : scale.ticks()) {
      double x = scale.at(tick);
      String label = Figures.tick(tick);
      svg.line(x, top, x, bottom, 1, Hue.GRID);
      double half = Svg.width(label, TEXT) / 2;
      if (x - half > last + 4) {
        svg.text(x, bottom + 15, Svg.Anchor.MIDDLE, TEXT, false, Hue.SOFT, label);
        last = x + half;
      }
    }
  }

  private double height() {
    int groups = ChartImage.labels(chart).size();
    return all().size() * ROW + groups * (isSingle ? 2 : HEAD + 6);
  }

  private List<Bar> all() {
    return ChartImage.labels(chart).stream().flatMap(label -> bars(label).stream()).toList();
  }

  private List<Bar> bars(String label) {
    var bars = new ArrayList<Bar>();
    for (Chart.Series series : chart.series()) {
      for (Chart.Point point : series.points()) {
        if (point.label().equals(label)) {
          bars.add(new Bar(series, point));
        }
      }
    }
    return bars;
  }

  private double widestName() {
    var names =
        isSingle
            ? ChartImage.labels(chart)
            : chart.series().stream().map(Chart.Series::name).toList();
    return names.stream().mapToDouble(name -> Svg.width(name, TEXT + 1.5)).max().orElse(0);
  }

  private double widestValue() {
    return all().stream()
        .mapToDouble(bar -> Svg.width(Figures.of(bar.point().stat().median()), TEXT + 1.5))
        .max()
        .orElse(0);
  }
}
