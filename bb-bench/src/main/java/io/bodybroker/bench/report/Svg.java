package io.bodybroker.bench.report;

import java.util.Locale;

/** SVG text under construction. */
final class Svg {
  /** Where a text begins at its x. */
  enum Anchor {
    START,
    MIDDLE,
    END
  }

  private final StringBuilder out = new StringBuilder();
  private final boolean isFile;

  /**
   * @param isFile whether it is an image by itself, or part of a page whose style sheet has the
   *     colours
   */
  Svg(boolean isFile) {
    this.isFile = isFile;
  }

  static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  /** About how wide a text is, in pixels; rather more than less. */
  static double width(String text, double size) {
    double ems = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if ("ijl.,:;|'()[] ".indexOf(c) >= 0) {
        ems += 0.36;
      } else if (Character.isUpperCase(c) || c == 'm' || c == 'w' || c == '%') {
        ems += 0.8;
      } else {
        ems += 0.62;
      }
    }
    return ems * size;
  }

  /** The text, or so much of its beginning as fits. */
  static String fit(String text, double size, double room) {
    if (width(text, size) <= room) {
      return text;
    }
    int end = text.length();
    while (end > 1 && width(text.substring(0, end) + "…", size) > room) {
      end--;
    }
    return text.substring(0, end).stripTrailing() + "…";
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }

  private String hue(Hue hue) {
    return isFile ? hue.inFile() : hue.onPage();
  }

  Svg raw(String text) {
    out.append(text);
    return this;
  }

  Svg text(double x, double y, Anchor anchor, double size, boolean isBold, Hue hue, String text) {
    out.append("<text x=\"")
        .append(number(x))
        .append("\" y=\"")
        .append(number(y))
        .append("\" text-anchor=\"")
        .append(anchor.name().toLowerCase(Locale.ROOT))
        .append("\" font-size=\"")
        .append(number(size))
        .append(isBold ? "\" font-weight=\"600\"" : "\"")
        .append(" style=\"fill:")
        .append(hue(hue))
        .append("\">")
        .append(escape(text))
        .append("</text>");
    return this;
  }

  Svg line(double x1, double y1, double x2, double y2, double width, Hue hue) {
    return path(
        "M%s %sL%s %s".formatted(number(x1), number(y1), number(x2), number(y2)), width, hue);
  }

  /** The outline only. */
  Svg path(String path, double width, Hue hue) {
    out.append("<path d=\"")
        .append(path)
        .append("\" style=\"fill:none;stroke-linejoin:round;stroke-width:")
        .append(number(width))
        .append(";stroke:")
        .append(hue(hue))
        .append("\"/>");
    return this;
  }

  Svg rect(double x, double y, double width, double height, double opacity, Hue hue) {
    out.append(
        "<rect x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" rx=\"2\""
            .formatted(number(x), number(y), number(width), number(height)));
    out.append(" style=\"fill:").append(hue(hue));
    if (opacity < 1) {
      out.append(";fill-opacity:").append(number(opacity));
    }
    out.append("\"/>");
    return this;
  }

  /** One of four shapes, so that colour alone tells nothing. */
  Svg mark(int shape, double x, double y, double size, Hue hue) {
    String path =
        switch (shape % 4) {
          case 0 ->
              "M%s %sa%s %s 0 1 0 %s 0a%s %s 0 1 0 -%s 0z"
                  .formatted(
                      number(x - size),
                      number(y),
                      number(size),
                      number(size),
                      number(2 * size),
                      number(size),
                      number(size),
                      number(2 * size));
          case 1 ->
              polygon(
                  x - size, y - size, x + size, y - size, x + size, y + size, x - size, y + size);
          case 2 -> polygon(x, y - size * 1.25, x + size * 1.2, y + size, x - size * 1.2, y + size);
          default ->
              polygon(
                  x, y - size * 1.35, x + size * 1.35, y, x, y + size * 1.35, x - size * 1.35, y);
        };
    out.append("<path d=\"")
        .append(path)
        .append("\" style=\"stroke-width:1.5;fill:")
        .append(hue(hue))
        .append(";stroke:")
        .append(hue(Hue.BACK))
        .append("\"/>");
    return this;
  }

  private static String polygon(double... points) {
    var path = new StringBuilder();
    for (int i = 0; i < points.length; i += 2) {
      path.append(i == 0 ? 'M' : 'L')
          .append(number(points[i]))
          .append(' ')
          .append(number(points[i + 1]));
    }
    return path.append('z').toString();
  }

  static String point(boolean isFirst, double x, double y) {
    return (isFirst ? "M" : "L") + number(x) + " " + number(y);
  }

  /** Begins a group that tells this when it is pointed at. */
  Svg told(String text) {
    out.append("<g><title>").append(escape(text)).append("</title>");
    return this;
  }

  Svg end() {
    out.append("</g>");
    return this;
  }

  @Override
  public String toString() {
    return out.toString();
  }
}
