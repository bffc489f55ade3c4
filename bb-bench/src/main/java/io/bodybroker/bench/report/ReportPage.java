package io.bodybroker.bench.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A report to be looked at: one HTML file that needs nothing else, light or dark as the reader's
 * system is, for screens of any width. It is well-formed XML too.
 */
public final class ReportPage {
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("d MMMM yyyy, HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private static final String STYLE =
      """
      *{box-sizing:border-box}
      body{margin:0;background:var(--back);color:var(--ink);font:16px/1.55 system-ui,-apple-system,'Segoe UI',Roboto,'Liberation Sans',sans-serif}
      main,header,footer{max-width:1180px;margin:0 auto;padding:0 20px}
      header{padding-top:36px}
      h1{font-size:clamp(1.5rem,4vw,2.2rem);line-height:1.2;margin:0 0 6px}
      h2{font-size:1.5rem;margin:52px 0 6px;padding-top:14px;border-top:2px solid var(--grid)}
      h3{font-size:1.05rem;margin:22px 0 6px}
      p{margin:6px 0;max-width:76ch}
      .soft{color:var(--soft)}
      .warn{border-left:4px solid var(--other-1);padding:6px 12px;background:var(--card)}
      .bar{height:14px;border-radius:7px;background:var(--bad);overflow:hidden;margin:16px 0 4px;max-width:640px}
      .bar i{display:block;height:100%;background:var(--good)}
      nav a{color:var(--ours-1);margin-right:16px;white-space:nowrap}
      .charts{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,500px),1fr));gap:18px;align-items:start;margin-top:14px}
      figure{margin:0;padding:14px 16px 10px;background:var(--card);border:1px solid var(--grid);border-radius:10px;min-width:0}
      figcaption{font-weight:600;margin-bottom:2px;overflow-wrap:anywhere}
      figure svg{width:100%;height:auto;display:block}
      svg.narrow{display:none}
      @media (max-width:620px){svg.wide{display:none}figure svg.narrow{display:block}main,header,footer{padding:0 12px}header{padding-top:20px}figure{padding:10px 10px 8px}.score .s,.score thead,.score colgroup{display:none}.score,.score tbody{display:block}.score tr{display:grid;grid-template-columns:auto auto 1fr;border-bottom:1px solid var(--grid);padding:5px 0}.score td{border:0;padding:1px 14px 1px 0}.score .name{grid-column:1/-1}.score .sign{text-align:right;padding-right:0}}
      g:hover>path,g:hover>rect{filter:brightness(1.15)}
      details{margin:8px 0;font-size:.92rem}
      summary{cursor:pointer;color:var(--soft)}
      .scroll{overflow-x:auto}
      table{border-collapse:collapse;font-size:.9rem;font-variant-numeric:tabular-nums}
      th,td{text-align:left;padding:4px 14px 4px 0;border-bottom:1px solid var(--grid);vertical-align:middle}
      th{color:var(--soft);font-weight:500}
      .n{text-align:right;white-space:nowrap}
      .name{overflow-wrap:anywhere}
      .score{width:100%;max-width:860px;table-layout:fixed}
      col.w{width:84px}
      col.s{width:164px}
      .score .name{font-family:ui-monospace,'Liberation Mono',Menlo,monospace;font-size:.85rem}
      .s svg{display:block}
      .sign{white-space:nowrap;font-weight:600;padding-right:0}
      .met .sign,.met b{color:var(--good)}
      .missed .sign,.missed b{color:var(--bad)}
      footer{margin-top:52px;padding-bottom:48px}
      footer th{white-space:nowrap;vertical-align:top}
      footer td{overflow-wrap:anywhere}
      code{font-family:ui-monospace,'Liberation Mono',Menlo,monospace;font-size:.9em}
      @media print{figure{break-inside:avoid}}
      """;

  private final Report report;
  private final Contenders contenders;
  private final StringBuilder html = new StringBuilder();

  private ReportPage(Report report) {
    this.report = report;
    this.contenders = Contenders.of(report);
  }

  /** The whole file. */
  public static String of(Report report) {
    var page = new ReportPage(report);
    page.write();
    return page.html.toString();
  }

  /** One chart as an image by itself, light wherever it is shown. */
  public static String svg(Chart chart) {
    return ChartImage.file(chart, Contenders.of(chart));
  }

  /**
   * Writes each chart into the folder, which is made if there is none: {@code <id>.svg}, with the
   * colours that the report's page has.
   */
  public static List<Path> writeCharts(Report report, Path folder) throws IOException {
    Files.createDirectories(folder);
    var contenders = Contenders.of(report);
    var written = new ArrayList<Path>();
    for (Section section : report.sections()) {
      for (Chart chart : section.charts()) {
        Path file = folder.resolve(chart.id() + ".svg");
        Files.writeString(file, ChartImage.file(chart, contenders) + "\n");
        written.add(file);
      }
    }
    return written;
  }

  private void write() {
    html.append(
        "<!DOCTYPE html>\n<html lang=\"en\" xmlns=\"http://www.w3.org/1999/xhtml\">\n<head><meta charset=\"utf-8\"/>");
    html.append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>");
    html.append("<title>").append(text(headline())).append("</title>\n<style>\n");
    html.append(Hue.styleSheet()).append(STYLE).append("</style></head>\n<body>\n");
    header();
    html.append("<main>\n");
    report.sections().forEach(this::section);
    html.append("</main>\n");
    footer();
    html.append("</body>\n</html>\n");
  }

  private List<Ratio> ratios() {
    return report.sections().stream().flatMap(section -> section.ratios().stream()).toList();
  }

  private String headline() {
    var card = new Scorecard(ratios());
    if (card.goals() == 0) {
      return "Body Broker NATS, measured";
    }
    return card.goals() == card.metGoals()
        ? "Body Broker NATS, measured: all %d goals met".formatted(card.goals())
        : "Body Broker NATS, measured: %d of %d goals met".formatted(card.metGoals(), card.goals());
  }

  private void header() {
    var card = new Scorecard(ratios());
    html.append("<header><h1>").append(text(headline())).append("</h1>\n");
    html.append(
        "<p class=\"soft\">%s · <code>%s</code></p>\n"
            .formatted(text(DATE.format(report.at())), text(report.command())));
    if (report.isQuick()) {
      html.append(
          "<p class=\"warn\">This was the quick form: few and short rounds. Its figures only tell whether something is far off.</p>\n");
    }
    if (card.goals() > 0) {
      html.append(
          "<div class=\"bar\" role=\"img\" aria-label=\"%d of %d goals met\"><i style=\"width:%d%%\"></i></div>\n"
              .formatted(card.metGoals(), card.goals(), 100 * card.metGoals() / card.goals()));
    }
    html.append(
        "<p class=\"soft\">Each figure is the median of its rounds, which alternate between the contenders; whiskers go from the least to the most. A ratio is the median of the rounds’ own ratios, so what else the machine did meets both.</p>\n");
    if (report.sections().size() > 1) {
      html.append("<nav aria-label=\"benchmarks\"><p>");
      for (Section section : report.sections()) {
        html.append(
            "<a href=\"#%s\">%s</a> ".formatted(text(section.name()), text(section.title())));
      }
      html.append("</p></nav>\n");
    }
    html.append(card.html()).append("</header>\n");
  }

  private void section(Section section) {
    html.append(
        "<section><h2 id=\"%s\">%s</h2>\n".formatted(text(section.name()), text(section.title())));
    html.append("<p>").append(text(section.text())).append("</p>\n");
    for (String note : section.notes()) {
      html.append("<p class=\"warn\">").append(text(note)).append("</p>\n");
    }
    html.append("<div class=\"charts\">\n");
    section.charts().forEach(this::chart);
    html.append("</div></section>\n");
  }

  private void chart(Chart chart) {
    html.append("<figure><figcaption>").append(text(chart.title())).append("</figcaption>");
    html.append(ChartImage.onPage(chart, contenders, ChartImage.Width.WIDE));
    html.append(ChartImage.onPage(chart, contenders, ChartImage.Width.NARROW));
    html.append("<details><summary>figures</summary><div class=\"scroll\"><table><thead><tr><th>");
    html.append(text(chart.x())).append("</th>");
    for (Chart.Series series : chart.series()) {
      html.append("<th class=\"n\">").append(text(series.name())).append("</th>");
    }
    html.append("</tr></thead><tbody>");
    for (String label : ChartImage.labels(chart)) {
      html.append("<tr><td>").append(text(label)).append("</td>");
      for (Chart.Series series : chart.series()) {
        html.append("<td class=\"n\">").append(cell(series, label)).append("</td>");
      }
      html.append("</tr>");
    }
    html.append("</tbody></table></div></details></figure>\n");
  }

  private static String cell(Chart.Series series, String label) {
    return series.points().stream()
        .filter(point -> point.label().equals(label))
        .map(point -> Figures.withRange(point.stat()))
        .findFirst()
        .orElse("–");
  }

  private void footer() {
    html.append("<footer><h2>Where and with what</h2><table><tbody>");
    row("command", report.command());
    row("begun", DATE.format(report.at()));
    report.machine().facts().forEach(this::row);
    html.append("</tbody></table></footer>\n");
  }

  private void row(String name, String value) {
    html.append("<tr><th scope=\"row\">%s</th><td>%s</td></tr>".formatted(text(name), text(value)));
  }

  private static String text(String text) {
    return Svg.escape(text);
  }
}
