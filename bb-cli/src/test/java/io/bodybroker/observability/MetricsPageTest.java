package io.bodybroker.observability;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import com.google.protobuf.util.JsonFormat;
import io.bodybroker.testkit.PrometheusText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/**
 * What {@code docs/operate.md} and the dashboard say of metrics is what programs print, and the
 * other way round.
 */
@TestInstance(Lifecycle.PER_CLASS)
class MetricsPageTest {
  private static final Path PAGE = Path.of("..", "docs", "operate.md");
  private static final Path DASHBOARD = Path.of("..", "docs", "observability", "body-broker.json");

  /** What Prometheus itself adds to each sample it reads. */
  private static final Set<String> ADDED = Set.of("instance", "job");

  private static final Pattern ROW = Pattern.compile("\\| `([a-z0-9_]+)` \\|([^|]*)\\|.*");
  private static final Pattern ALERT = Pattern.compile("(?m)^ +expr: (.+)$");

  private PrometheusText printed = new PrometheusText(Map.of(), List.of());

  @BeforeAll
  void print(@TempDir Path data) {
    try (var system = WholeSystem.start(data)) {
      printed = system.metrics();
    }
  }

  /** The labels of each name of samples. */
  private Map<String, Set<String>> labels() {
    var labels = new TreeMap<String, Set<String>>();
    for (PrometheusText.Sample sample : printed.samples()) {
      labels
          .computeIfAbsent(sample.name(), absent -> new HashSet<>(ADDED))
          .addAll(sample.labels().keySet());
    }
    return labels;
  }

  @Test
  void listsEveryMetricThatIsPrintedWithItsLabelsAndNoOther() throws IOException {
    var documented = new TreeMap<String, Set<String>>();
    for (String line : Files.readAllLines(PAGE)) {
      var row = ROW.matcher(line);
      if (row.matches() && row.group(1).contains("_")) {
        documented.put(row.group(1), names(row.group(2)));
      }
    }

    var actual = new TreeMap<String, Set<String>>();
    printed
        .types()
        .forEach((name, type) -> {
          Set<String> labels =
              new TreeSet<>(labels().get(type.equals("histogram") ? name + "_bucket" : name));
          labels.removeAll(ADDED);
          labels.remove("le");
          actual.put(name, labels);
        });
    assertThat(documented).isEqualTo(actual);
  }

  private static Set<String> names(String cell) {
    var names = new TreeSet<String>();
    if (!cell.isBlank()) {
      names.addAll(Arrays.asList(cell.strip().replace("`", "").split(", ", -1)));
    }
    return names;
  }

  @TestFactory
  Stream<DynamicTest> everyQueryAsksForWhatIsPrinted() throws IOException {
    var queries = new ArrayList<String>();
    var dashboard = Struct.newBuilder();
    JsonFormat.parser().merge(Files.readString(DASHBOARD), dashboard);
    collect(Value.newBuilder().setStructValue(dashboard).build(), queries);
    assertThat(queries).as("queries of the dashboard").hasSizeGreaterThan(50);
    List<String> alerts =
        ALERT.matcher(Files.readString(PAGE)).results().map(found -> found.group(1)).toList();
    assertThat(alerts).as("alerts").hasSizeGreaterThan(5);
    queries.addAll(alerts);

    Map<String, Set<String>> labels = labels();
    return queries.stream()
        .distinct()
        .map(query -> DynamicTest.dynamicTest(query, () -> assertPrinted(query, labels)));
  }

  private static void assertPrinted(String expression, Map<String, Set<String>> labels) {
    Query query = Query.of(expression);
    assertThat(query.labels()).as("metrics").isNotEmpty();
    query
        .labels()
        .forEach((name, wanted) -> {
          assertThat(labels).as("names of samples").containsKey(name);
          assertThat(labels.get(name)).as("labels of " + name).containsAll(wanted);
          assertThat(labels.get(name)).as("labels of " + name).containsAll(query.grouping());
        });
  }

  /** The queries of panels and of variables, wherever they stand. */
  private static void collect(Value value, List<String> queries) {
    switch (value.getKindCase()) {
      case STRUCT_VALUE ->
          value
              .getStructValue()
              .getFieldsMap()
              .forEach((name, field) -> {
                String text = field.getStringValue();
                boolean isQuery =
                    name.equals("expr") || (name.equals("query") && text.contains("("));
                if (isQuery) {
                  queries.add(text);
                } else {
                  collect(field, queries);
                }
              });
      case LIST_VALUE ->
          value.getListValue().getValuesList().forEach(item -> collect(item, queries));
      default -> {}
    }
  }

  @Test
  void wouldSeeAMetricOrALabelThatIsNotThere() {
    Query query =
        Query.of("sum by (service, code) (rate(rpc_x_seconds_count{method=~\"$m\"}[1m])) / a_b");

    assertThat(query.labels())
        .isEqualTo(Map.of("rpc_x_seconds_count", Set.of("method"), "a_b", Set.of()));
    assertThat(query.grouping()).containsExactlyInAnyOrder("service", "code");
    assertThat(Query.of("histogram_quantile(0.99, sum by (le) (rate(a_bucket[5m])))").labels())
        .containsOnlyKeys("a_bucket");
    assertThat(Query.of("label_values(bb_ready, instance)").labels())
        .isEqualTo(Map.of("bb_ready", Set.of("instance")));
  }
}
