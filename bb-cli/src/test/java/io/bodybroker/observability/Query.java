package io.bodybroker.observability;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * What a PromQL expression asks for: which names of samples, and which labels of each. Not a
 * parser: it knows the forms that the dashboard and the alerts are written in.
 *
 * @param labels by the names of samples
 * @param grouping labels that a {@code by} clause names, which every sample must have
 */
record Query(Map<String, Set<String>> labels, Set<String> grouping) {
  /** A name with an underscore, which is how all our metrics differ from functions' names. */
  private static final Pattern SELECTOR =
      Pattern.compile("\\b([a-z]+(?:_[a-z0-9]+)+)\\b(?!\\s*\\()(\\{[^}]*})?");

  private static final Pattern MATCHER =
      Pattern.compile("([a-z_]+)\\s*(?:=~|!~|!=|=)\\s*\"[^\"]*\"");
  private static final Pattern BY = Pattern.compile("\\bby\\s*\\(([^)]*)\\)");
  private static final Pattern LABEL_VALUES =
      Pattern.compile("label_values\\(([a-z0-9_]+), ([a-z_]+)\\)");

  static Query of(String expression) {
    var labels = new TreeMap<String, Set<String>>();
    var variable = LABEL_VALUES.matcher(expression);
    if (variable.matches()) {
      labels.put(variable.group(1), Set.of(variable.group(2)));
      return new Query(labels, Set.of());
    }
    var grouping = new TreeSet<String>();
    BY.matcher(expression)
        .results()
        .forEach(by -> grouping.addAll(Arrays.asList(by.group(1).split("\\s*,\\s*", -1))));
    String selectors = BY.matcher(expression).replaceAll("");
    SELECTOR.matcher(selectors).results().forEach(found -> add(labels, found));
    return new Query(labels, grouping);
  }

  private static void add(Map<String, Set<String>> labels, MatchResult found) {
    Set<String> wanted =
        labels.computeIfAbsent(found.group(1), absent -> new LinkedHashSet<String>());
    if (found.group(2) != null) {
      MATCHER.matcher(found.group(2)).results().forEach(label -> wanted.add(label.group(1)));
    }
  }
}
