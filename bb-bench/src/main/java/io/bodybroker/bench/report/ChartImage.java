package io.bodybroker.bench.report;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A chart as SVG: what all kinds have in common. */
final class ChartImage {
  /** Pixels at which it is drawn; a phone gets an image of its own, for text must not shrink. */
  enum Width {
    FILE(760),
    WIDE(540),
    NARROW(360);

    final int pixels;

    Width(int pixels) {
      this.pixels = pixels;
    }
  }

  /** What is below a certain line of the image has been drawn. */
  interface Drawing {
    /** Draws from this y on, and returns how far it went. */
    double draw(Svg svg, double top);
  }

  private static final String FONT =
      "system-ui,-apple-system,'Segoe UI',Roboto,'Liberation Sans',sans-serif";

  private ChartImage() {}

  /** Part of a page that has the title and the style sheet. */
  static String onPage(Chart chart, Contenders contenders, Width width) {
    return image(chart, contenders, width, false);
  }

  /** A file by itself, with its title, its colours and a background. */
  static String file(Chart chart, Contenders contenders) {
    return image(chart, contenders, Width.FILE, true);
  }

  private static String image(Chart chart, Contenders contenders, Width width, boolean isFile) {
    var body = new Svg(isFile);
    double left = isFile ? 16 : 0;
    double inner = width.pixels - 2 * left;
    double top = 0;
    if (isFile) {
      top = 34;
      body.text(0, 24, Svg.Anchor.START, 17, true, Hue.INK, Svg.fit(chart.title(), 17, inner));
    }
    body.text(0, top + 14, Svg.Anchor.START, 13, false, Hue.SOFT, Svg.fit(axis(chart), 13, inner));
    Drawing drawing =
        chart.kind() == Chart.Kind.BARS
            ? new BarDrawing(chart, contenders, inner)
            : new LineDrawing(chart, contenders, inner);
    int height = (int) Math.ceil(drawing.draw(body, top + 24)) + (isFile ? 12 : 4);
    return frame(chart, width, isFile, left, height, body);
  }

  private static String frame(
      Chart chart, Width width, boolean isFile, double left, int height, Svg body) {
    String id = "c-" + chart.id() + "-" + width.name().charAt(0);
    var svg = new Svg(isFile);
    svg.raw(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"%s\" viewBox=\"0 0 %d %d\" role=\"img\" aria-labelledby=\"%s-t %s-d\" font-family=\"%s\""
            .formatted(width.name().toLowerCase(Locale.ROOT), width.pixels, height, id, id, FONT));
    if (isFile) {
      svg.raw(" width=\"%d\" height=\"%d\"".formatted(width.pixels, height));
    }
    svg.raw("><title id=\"%s-t\">%s</title>".formatted(id, Svg.escape(chart.title())));
    svg.raw("<desc id=\"%s-d\">%s</desc>".formatted(id, Svg.escape(description(chart))));
    if (isFile) {
      svg.rect(0, 0, width.pixels, height, 1, Hue.BACK);
    }
    svg.raw("<g transform=\"translate(%d 0)\">".formatted((int) left));
    return svg.raw(body.toString()).end().raw("</svg>").toString();
  }

  /** What was measured, and which end of it is good. */
  private static String axis(Chart chart) {
    String by = chart.kind() == Chart.Kind.BARS && !chart.x().isEmpty() ? ", by " + chart.x() : "";
    return chart.y()
        + by
        + (chart.kind() != Chart.Kind.BARS && LineDrawing.isLog(chart) ? " · logarithmic" : "")
        + (chart.best() == Chart.Best.MORE ? " · more is better ↑" : " · less is better ↓");
  }

  private static String description(Chart chart) {
    return axis(chart)
        + ". "
        + chart.series().stream()
            .map(series -> series.name() + ": " + points(series))
            .collect(Collectors.joining("; "))
        + ".";
  }

  private static String points(Chart.Series series) {
    return series.points().stream()
        .map(point -> point.label() + " " + Figures.of(point.stat().median()))
        .collect(Collectors.joining(", "));
  }

  /** What a point tells when it is pointed at. */
  static String told(Chart chart, Chart.Series series, Chart.Point point) {
    return "%s, %s: %s %s"
        .formatted(series.name(), point.label(), Figures.withRange(point.stat()), chart.y());
  }

  /** The labels of x, each once, in the order in which they come. */
  static List<String> labels(Chart chart) {
    return chart.series().stream()
        .flatMap(series -> series.points().stream())
        .map(Chart.Point::label)
        .distinct()
        .toList();
  }
}
