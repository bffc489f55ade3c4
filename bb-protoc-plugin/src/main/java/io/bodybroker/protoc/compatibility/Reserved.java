package io.bodybroker.protoc.compatibility;

import com.google.protobuf.Descriptors.Descriptor;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The numbers and names of a message that no field may have.
 *
 * @param numbers the first and last of each range
 * @param names the names
 */
record Reserved(List<Range> numbers, Set<String> names) {
  /** Numbers in a row, both included. */
  record Range(int first, int last) {
    boolean has(int number) {
      return first <= number && number <= last;
    }

    boolean has(Range other) {
      return first <= other.first && other.last <= last;
    }

    @Override
    public String toString() {
      return first == last ? String.valueOf(first) : first + " to " + last;
    }
  }

  static Reserved in(Descriptor message) {
    var proto = message.toProto();
    return new Reserved(
        proto.getReservedRangeList().stream()
            .map(range -> new Range(range.getStart(), range.getEnd() - 1))
            .toList(),
        Set.copyOf(proto.getReservedNameList()));
  }

  boolean has(int number) {
    return numbers.stream().anyMatch(range -> range.has(number));
  }

  boolean has(String name) {
    return names.contains(name);
  }

  /** What is reserved here and not there, as a contract would write it. */
  List<String> freedIn(Reserved now) {
    return Stream.concat(
            numbers.stream().filter(range -> !now.covers(range)).map(Range::toString),
            names.stream().filter(name -> !now.has(name)).sorted().map(name -> '"' + name + '"'))
        .toList();
  }

  /** Neighbouring ranges may have become one; {@code 4 to max} is too long to count. */
  private boolean covers(Range range) {
    return numbers.stream().anyMatch(known -> known.has(range))
        || (range.last() - range.first() < 1000
            && IntStream.rangeClosed(range.first(), range.last()).allMatch(this::has));
  }
}
