package io.bodybroker.bench.report;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.Locale;

/** A report for programs; everything in the order in which the report has it. */
public final class ReportJson {
  private ReportJson() {}

  /**
   * {@code ratios} has all of them by name, each with its value and, if it has one, its goal and
   * whether that is met; {@code sections} has the charts with all rounds.
   */
  public static String of(Report report) {
    var json = new JsonObject();
    json.addProperty("command", report.command());
    json.addProperty("at", report.at().toString());
    json.addProperty("quick", report.isQuick());
    var machine = new JsonObject();
    report.machine().facts().forEach(machine::addProperty);
    json.add("machine", machine);
    var ratios = new JsonObject();
    report.sections().stream()
        .flatMap(section -> section.ratios().stream())
        .forEach(ratio -> ratios.add(ratio.name(), ratio(ratio)));
    json.add("ratios", ratios);
    var sections = new JsonArray();
    report.sections().forEach(section -> sections.add(section(section)));
    json.add("sections", sections);
    return new GsonBuilder()
            .setPrettyPrinting()
            .disableHtmlEscaping()
            .serializeNulls()
            .create()
            .toJson(json)
        + "\n";
  }

  private static JsonObject ratio(Ratio ratio) {
    var json = new JsonObject();
    json.add("value", number(ratio.value()));
    Ratio.Goal goal = ratio.goal();
    if (goal != null) {
      json.addProperty(
          "goal",
          (goal.atLeast() ? ">= " : "<= ") + String.format(Locale.ROOT, "%.2f", goal.bound()));
      json.addProperty("met", ratio.isMet());
    }
    return json;
  }

  private static JsonObject section(Section section) {
    var json = new JsonObject();
    json.addProperty("name", section.name());
    json.addProperty("title", section.title());
    json.addProperty("text", section.text());
    var charts = new JsonArray();
    section.charts().forEach(chart -> charts.add(chart(chart)));
    json.add("charts", charts);
    var notes = new JsonArray();
    section.notes().forEach(notes::add);
    json.add("notes", notes);
    return json;
  }

  private static JsonObject chart(Chart chart) {
    var json = new JsonObject();
    json.addProperty("id", chart.id());
    json.addProperty("title", chart.title());
    json.addProperty("kind", chart.kind().name().toLowerCase(Locale.ROOT));
    json.addProperty("x", chart.x());
    json.addProperty("y", chart.y());
    json.addProperty("best", chart.best().name().toLowerCase(Locale.ROOT));
    var all = new JsonArray();
    for (Chart.Series series : chart.series()) {
      var one = new JsonObject();
      one.addProperty("name", series.name());
      var points = new JsonArray();
      series.points().forEach(point -> points.add(point(point)));
      one.add("points", points);
      all.add(one);
    }
    json.add("series", all);
    return json;
  }

  private static JsonObject point(Chart.Point point) {
    var json = new JsonObject();
    json.addProperty("label", point.label());
    json.add("x", number(point.x()));
    json.add("median", number(point.stat().median()));
    json.add("min", number(point.stat().min()));
    json.add("max", number(point.stat().max()));
    var rounds = new JsonArray();
    point.stat().rounds().forEach(round -> rounds.add(number(round)));
    json.add("rounds", rounds);
    return json;
  }

  /** JSON has no infinity and no NaN. */
  private static JsonElement number(double value) {
    return Double.isFinite(value) ? new JsonPrimitive(value) : JsonNull.INSTANCE;
  }
}
