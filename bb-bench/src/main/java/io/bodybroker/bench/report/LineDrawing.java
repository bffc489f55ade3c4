package io.bodybroker.bench.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;

/** Lines over a logarithmic x, with a mark and a whisker for each measurement. */
final class LineDrawing implements ChartImage.Drawing {
  private static final double TEXT = 12;

  /** Above this the small end of a linear y could not be read. */
  private static final double SPAN = 50;

  /** Where there is less room the names are above the lines instead of beside their ends. */
  private static final double ROOM_FOR_NAMES = 500;

  private static final double LABEL = 17;

  private final Chart chart;
  private final Contenders contenders;
  private final double width;
  private final boolean isBeside;

  private record End(Chart.Series series, double at) {}

  LineDrawing(Chart chart, Contenders contenders, double width) {
    this.chart = chart;
    this.contenders = contenders;
    this.width = width;
    this.isBeside = width >= ROOM_FOR_NAMES;
  }

  @Override
  public double draw(Svg svg, double begin) {
    double top = isBeside ? begin + 4 : legend(svg, begin);
    double bottom = top + (isBeside ? 300 : 230);
    Scale y = y(bottom, top + 8);
    double left =
        y.ticks().stream().mapToDouble(tick -> Svg.width(Figures.tick(tick), TEXT)).max().orElse(0)
            + 8;
    double right = isBeside ? width - room() : width - 14;
    Scale x = x(left + 12, right - 12);
    for (double tick : y.ticks()) {
      svg.line(left, y.at(tick), right, y.at(tick), 1, Hue.GRID);
      svg.text(left - 6, y.at(tick) + 4, Svg.Anchor.END, TEXT, false, Hue.SOFT, Figures.tick(tick));
    }
    double below = xAxis(svg, x, left, right, bottom);
    // Ours last, so that nothing covers it.
    chart.series().stream()
        .sorted(Comparator.comparing(series -> Contenders.isOurs(series.name())))
        .forEach(series -> line(svg, series, x, y));
    if (isBeside) {
      names(svg, y, right + 8, top, bottom);
    }
    return below;
  }

  /** Whether equal steps up are equal factors. */
  static boolean isLog(Chart chart) {
    double most = values(chart, point -> point.stat().max()).max().orElse(1);
    double least = least(chart, most);
    return chart.kind() == Chart.Kind.PERCENTILES || most / least > SPAN;
  }

  private static double least(Chart chart, double otherwise) {
    return values(chart, point -> point.stat().min())
        .filter(value -> value > 0)
        .min()
        .orElse(otherwise);
  }

  private static DoubleStream values(Chart chart, ToDoubleFunction<Chart.Point> of) {
    return chart.series().stream().flatMap(series -> series.points().stream()).mapToDouble(of);
  }

  private Scale y(double bottom, double top) {
    double most = values(chart, point -> point.stat().max()).max().orElse(1);
    double least = least(chart, most);
    return isLog(chart) ? Scale.log(least, most, bottom, top) : Scale.linear(most, bottom, top);
  }

  private Scale x(double left, double right) {
    double least = values(chart, Chart.Point::x).filter(value -> value > 0).min().orElse(1);
    return Scale.log(
        least, values(chart, Chart.Point::x).filter(Double::isFinite).max().orElse(1), left, right);
  }

  private double xAxis(Svg svg, Scale x, double left, double right, double bottom) {
    double last = Double.NEGATIVE_INFINITY;
    for (Map.Entry<String, Double> tick : xTicks().entrySet()) {
      double at = x.at(tick.getValue());
      String label = Svg.fit(tick.getKey(), TEXT, (right - left) / 3);
      double half = Svg.width(label, TEXT) / 2;
      double middle = Math.clamp(at, half, Math.max(half, width - half));
      svg.line(at, bottom, at, bottom + 4, 1, Hue.SOFT);
      if (middle - half > last + 6) {
        svg.text(middle, bottom + 18, Svg.Anchor.MIDDLE, TEXT, false, Hue.SOFT, label);
        last = middle + half;
      }
    }
    svg.line(left, bottom, right, bottom, 1, Hue.SOFT);
    svg.text(
        (left + right) / 2,
        bottom + 36,
        Svg.Anchor.MIDDLE,
        TEXT,
        false,
        Hue.SOFT,
        Svg.fit(chart.x(), TEXT, width - 20));
    return bottom + 42;
  }

  private Map<String, Double> xTicks() {
    var ticks = new LinkedHashMap<String, Double>();
    chart.series().stream()
        .flatMap(series -> series.points().stream())
        .filter(point -> Double.isFinite(point.x()))
        .sorted(Comparator.comparingDouble(Chart.Point::x))
        .forEach(point -> ticks.putIfAbsent(point.label(), point.x()));
    return ticks;
  }

  private void line(Svg svg, Chart.Series series, Scale x, Scale y) {
    Hue hue = contenders.hue(series.name());
    int mark = contenders.mark(series.name());
    boolean isOurs = Contenders.isOurs(series.name());
    var points = series.points().stream().filter(point -> Double.isFinite(point.x())).toList();
    var path = new StringBuilder();
    for (Chart.Point point : points) {
      path.append(Svg.point(path.isEmpty(), x.at(point.x()), y.at(point.stat().median())));
    }
    svg.path(path.isEmpty() ? "M0 0" : path.toString(), isOurs ? 3.5 : 2, hue);
    for (Chart.Point point : points) {
      svg.told(ChartImage.told(chart, series, point));
      whisker(svg, point.stat(), x.at(point.x()), y, hue);
      svg.mark(mark, x.at(point.x()), y.at(point.stat().median()), isOurs ? 5 : 4, hue);
      svg.end();
    }
  }

  private static void whisker(Svg svg, Stat stat, double x, Scale y, Hue hue) {
    double least = y.at(stat.min());
    double most = y.at(stat.max());
    if (least - most > 1) {
      svg.line(x, least, x, most, 1.5, hue);
      svg.line(x - 4, least, x + 4, least, 1.5, hue);
      svg.line(x - 4, most, x + 4, most, 1.5, hue);
    }
  }

  /** Names with the last value, each as near to its line's end as the others let it. */
  private void names(Svg svg, Scale y, double left, double top, double bottom) {
    var ends = new ArrayList<End>();
    for (Chart.Series series : chart.series()) {
      if (!series.points().isEmpty()) {
        ends.add(new End(series, y.at(series.points().getLast().stat().median())));
      }
    }
    ends.sort(Comparator.comparingDouble(End::at));
    double[] at = spread(ends, top, bottom);
    for (int i = 0; i < at.length; i++) {
      String name = ends.get(i).series().name();
      svg.mark(contenders.mark(name), left + 6, at[i] - 4, 4.5, contenders.hue(name));
      svg.text(
          left + 16,
          at[i],
          Svg.Anchor.START,
          TEXT,
          Contenders.isOurs(name),
          Hue.INK,
          Svg.fit(ended(ends.get(i).series()), TEXT + 1.5, width - left - 16));
    }
  }

  private static double[] spread(List<End> ends, double top, double bottom) {
    double[] at = ends.stream().mapToDouble(end -> end.at() + 4).toArray();
    double last = top - LABEL + 12;
    for (int i = 0; i < at.length; i++) {
      at[i] = Math.max(at[i], last + LABEL);
      last = at[i];
    }
    double next = bottom + LABEL;
    for (int i = at.length - 1; i >= 0; i--) {
      at[i] = Math.min(at[i], next - LABEL);
      next = at[i];
    }
    return at;
  }

  private static String ended(Chart.Series series) {
    return series.name() + " " + Figures.of(series.points().getLast().stat().median());
  }

  private double room() {
    double widest =
        chart.series().stream()
            .filter(series -> !series.points().isEmpty())
            .mapToDouble(series -> Svg.width(ended(series), TEXT + 1.5))
            .max()
            .orElse(0);
    return Math.min(width * 0.34, widest + 28);
  }

  private double legend(Svg svg, double begin) {
    double x = 0;
    double y = begin + 12;
    for (Chart.Series series : chart.series()) {
      String name = Svg.fit(series.name(), TEXT + 1.5, width - 24);
      double taken = 18 + Svg.width(name, TEXT + 1.5) + 12;
      if (x > 0 && x + taken > width + 12) {
        x = 0;
        y += 19;
      }
      svg.mark(contenders.mark(series.name()), x + 6, y - 4, 4.5, contenders.hue(series.name()));
      svg.text(x + 16, y, Svg.Anchor.START, TEXT, Contenders.isOurs(series.name()), Hue.INK, name);
      x += taken;
    }
    return y + 8;
  }
}
