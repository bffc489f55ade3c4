package io.bodybroker.cli.proof;

import io.bodybroker.cli.soak.Promise;
import io.bodybroker.gateway.json.JsonText;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What was counted in the end, and what that says of the promises.
 *
 * @param proof which
 * @param counts by what was counted, in the order in which they are told
 * @param promises whether they were kept
 */
public record Account(String proof, Map<String, Long> counts, List<Promise> promises) {

  /** With copies. */
  public Account {
    counts = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(counts));
    promises = List.copyOf(promises);
  }

  /** Whether all promises were. */
  public boolean isKept() {
    return promises.stream().allMatch(Promise::isKept);
  }

  /** For people. */
  public void print(PrintStream out) {
    out.printf("%nledger%n");
    counts.forEach((what, count) -> out.printf("  %,12d  %s%n", count, what));
    out.printf("%npromises%n");
    promises.forEach(promise -> promise.print(out));
    out.printf("%nsoak %s: %s%n", proof, isKept() ? "all promises kept" : "BROKEN");
  }

  /** For programs. */
  public String json() {
    var tree = new LinkedHashMap<String, Object>();
    tree.put("soak", proof);
    tree.put("kept", isKept());
    tree.put("counts", counts);
    tree.put("promises", promises.stream().map(Promise::tree).toList());
    return JsonText.of(tree);
  }
}
