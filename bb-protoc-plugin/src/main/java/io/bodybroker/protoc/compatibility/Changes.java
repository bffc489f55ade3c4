package io.bodybroker.protoc.compatibility;

import com.google.protobuf.Descriptors.GenericDescriptor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The breaking changes found so far. */
final class Changes {
  private final List<BreakingChange> found = new ArrayList<>();

  /**
   * Notes a change.
   *
   * @param where the declaration as it is now, or as it was if it is gone
   */
  void add(GenericDescriptor where, String change, String expected, Broken... broken) {
    found.add(
        new BreakingChange(
            Declared.position(where), Declared.title(where), change, List.of(broken), expected));
  }

  /** All of them, file by file. */
  List<BreakingChange> inOrder() {
    return found.stream()
        .sorted(
            Comparator.comparing((BreakingChange change) -> change.position().split(":", 2)[0])
                .thenComparing(BreakingChange::declaration))
        .toList();
  }
}
