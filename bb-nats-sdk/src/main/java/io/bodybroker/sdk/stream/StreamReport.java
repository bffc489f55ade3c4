package io.bodybroker.sdk.stream;

import java.util.List;
import java.util.stream.Collectors;

/**
 * How a stream on the server stands against what is declared.
 *
 * @param spec what is declared
 * @param exists whether it is there
 * @param replicas how many it has; 0 if it is not there
 * @param messages how many it holds
 * @param bytes how many it holds
 * @param differences in what it is not what is declared
 */
public record StreamReport(
    StreamSpec spec,
    boolean exists,
    int replicas,
    long messages,
    long bytes,
    List<Difference> differences) {

  /** With the list copied. */
  public StreamReport {
    differences = List.copyOf(differences);
  }

  static StreamReport missing(StreamSpec spec) {
    return new StreamReport(spec, false, 0, 0, 0, List.of());
  }

  /** Whether it is there, as declared. */
  public boolean isAsDeclared() {
    return exists && differences.isEmpty();
  }

  /** Whether it is not used, because making it as declared could lose messages. */
  public boolean isRefused() {
    return has(Difference.Kind.REFUSED);
  }

  /** Whether something would be changed at its next use. */
  public boolean isToBeChanged() {
    return !isRefused() && has(Difference.Kind.CHANGED);
  }

  private boolean has(Difference.Kind kind) {
    return differences.stream().anyMatch(difference -> difference.kind() == kind);
  }

  /** The differences in words, for an error. */
  String describe() {
    return differences.stream().map(Difference::toString).collect(Collectors.joining("; "));
  }
}
