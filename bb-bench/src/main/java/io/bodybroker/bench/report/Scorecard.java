package io.bodybroker.bench.report;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * Ratios against their goals, for a page: those that are missed first, the worst of them at the
 * top.
 */
final class Scorecard {
  /** A dot that is so many times off is at the end of its strip. */
  private static final double END = 3;

  private static final int STRIP = 140;
  private static final int MANY = 10;

  private final List<Ratio> missed;
  private final List<Ratio> met;
  private final List<Ratio> others;

  Scorecard(List<Ratio> ratios) {
    var bySize = Comparator.comparingDouble(Scorecard::margin);
    missed = ratios.stream().filter(ratio -> !ratio.isMet()).sorted(bySize).toList();
    met = ratios.stream().filter(ratio -> ratio.goal() != null && ratio.isMet()).toList();
    others = ratios.stream().filter(ratio -> ratio.goal() == null).toList();
  }

  int goals() {
    return missed.size() + met.size();
  }

  int metGoals() {
    return met.size();
  }

  /** How many times better than the goal; below 1 it is missed. */
  private static double margin(Ratio ratio) {
    Ratio.Goal goal = ratio.goal();
    if (goal == null) {
      return 1;
    }
    double margin = goal.atLeast() ? ratio.value() / goal.bound() : goal.bound() / ratio.value();
    return Double.isFinite(margin) ? margin : 0;
  }

  String html() {
    var html = new StringBuilder();
    if (!missed.isEmpty()) {
      int shown = missed.size() > MANY + 2 ? MANY : missed.size();
      html.append("<h3>Missed</h3>").append(table(missed.subList(0, shown)));
      if (shown < missed.size()) {
        html.append("<details><summary>%d more missed</summary>".formatted(missed.size() - shown))
            .append(table(missed.subList(shown, missed.size())))
            .append("</details>");
      }
    }
    if (!met.isEmpty()) {
      String table = table(met);
      html.append(
          met.size() > MANY
              ? "<details%s><summary>%d met</summary>%s</details>"
                  .formatted(missed.isEmpty() ? " open=\"open\"" : "", met.size(), table)
              : "<h3>Met</h3>" + table);
    }
    if (!others.isEmpty()) {
      html.append("<details><summary>%d without a goal</summary>".formatted(others.size()))
          .append(table(others))
          .append("</details>");
    }
    return html.toString();
  }

  private static String table(List<Ratio> ratios) {
    var html =
        new StringBuilder(
            "<table class=\"score\"><colgroup><col/><col class=\"w\"/><col class=\"w\"/><col class=\"s\"/><col class=\"w\"/></colgroup><thead><tr><th>ratio</th><th class=\"n\">value</th><th class=\"n\">goal</th>"
                + "<th class=\"s\">against the goal</th><th></th></tr></thead><tbody>");
    ratios.forEach(ratio -> html.append(row(ratio)));
    return html.append("</tbody></table>").toString();
  }

  private static String row(Ratio ratio) {
    Ratio.Goal goal = ratio.goal();
    String state = goal == null ? "" : ratio.isMet() ? "met" : "missed";
    String sign = goal == null ? "" : ratio.isMet() ? "✓ met" : "✗ missed";
    // A long name may break where its parts do.
    String name = Svg.escape(ratio.name()).replace(".", ".<wbr/>");
    return """
    <tr class="%s"><td class="name">%s</td><td class="n"><b>%s</b></td><td class="n">%s</td>\
    <td class="s">%s</td><td class="sign">%s</td></tr>
    """
        .formatted(
            state,
            name,
            String.format(Locale.ROOT, "%.2f", ratio.value()),
            goal == null ? "" : goal.toString(),
            goal == null ? "" : strip(ratio),
            sign);
  }

  /** The goal as a line, the good side of it shaded, and a dot for the value. */
  private static String strip(Ratio ratio) {
    double share = Math.log(Math.clamp(margin(ratio), 1 / END, END)) / Math.log(END);
    double middle = STRIP / 2.0;
    double x = middle + share * (middle - 7);
    Hue hue = ratio.isMet() ? Hue.GOOD : Hue.BAD;
    return String.format(
        Locale.ROOT,
        """
        <svg viewBox="0 0 %d 18" width="%d" height="18" aria-hidden="true">\
        <rect x="%.1f" y="4" width="%.1f" height="10" style="fill:var(--good);fill-opacity:.16"/>\
        <rect x="0" y="4" width="%.1f" height="10" style="fill:var(--bad);fill-opacity:.12"/>\
        <path d="M%.1f 0v18" style="stroke:var(--soft);stroke-width:1.5"/>\
        <path d="M%.1f 9H%.1f" style="stroke:%s;stroke-width:3"/>\
        <circle cx="%.1f" cy="9" r="5" style="fill:%s"/></svg>\
        """,
        STRIP,
        STRIP,
        middle,
        middle,
        middle,
        middle,
        middle,
        x,
        hue.onPage(),
        x,
        hue.onPage());
  }
}
