package io.bodybroker.capabilityregistry.engine;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** The number of a version, such as {@code 5.6.1}. */
record VersionNumber(List<Integer> parts) implements Comparable<VersionNumber> {
  private static final Comparator<VersionNumber> ORDER =
      Comparator.<VersionNumber>comparingInt(number -> number.part(0))
          .thenComparingInt(number -> number.part(1))
          .thenComparingInt(number -> number.part(2));

  VersionNumber {
    parts = List.copyOf(parts);
  }

  static VersionNumber of(String text) {
    return new VersionNumber(
        Arrays.stream(text.split("\\.", -1)).map(VersionNumber::number).toList());
  }

  /** A number beyond any version is that of none. */
  private static int number(String digits) {
    return digits.length() > 6 ? Integer.MAX_VALUE : Integer.parseInt(digits);
  }

  private int part(int index) {
    return index < parts.size() ? parts.get(index) : 0;
  }

  /** Whether the other is this one, or one of this line: {@code 5.6.1} is of {@code 5.6}. */
  boolean covers(VersionNumber other) {
    return other.parts.size() >= parts.size() && other.parts.subList(0, parts.size()).equals(parts);
  }

  @Override
  public int compareTo(VersionNumber other) {
    return ORDER.compare(this, other);
  }
}
