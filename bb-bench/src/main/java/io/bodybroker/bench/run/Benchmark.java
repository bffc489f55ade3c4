package io.bodybroker.bench.run;

import io.bodybroker.bench.report.Section;
import java.util.List;

/** One of those that {@code ./bb bench} knows. */
public interface Benchmark {
  /** As on the command line, {@code rpc}. */
  String name();

  /** What is measured, in a line. */
  String help();

  /** Parts that can be measured alone, by their names on the command line; none if it has none. */
  default List<String> parts() {
    return List.of();
  }

  /** Measures; the quick form takes less than a minute. */
  Section run(Setup setup) throws Exception;
}
