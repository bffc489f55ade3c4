package io.bodybroker.protoc;

import java.util.ArrayList;
import java.util.List;

/**
 * What is wrong with the contracts of a run. All of it is collected, so that one run shows all
 * there is to correct.
 */
final class Problems {
  private final List<String> lines = new ArrayList<>();

  /**
   * Notes a problem of a service or rpc, where the contract declares it: {@code echo.proto:12:3:
   * rpc a.v1.Echo.Echo streams}.
   */
  void add(Declaration where, String what) {
    lines.add(where.position() + ": " + where.title() + " " + what);
  }

  /** Notes a problem of a file. */
  void add(String protoFile, String what) {
    lines.add(protoFile + ": " + what);
  }

  boolean isEmpty() {
    return lines.isEmpty();
  }

  /** For the user, one line each. */
  String text() {
    return String.join("\n", lines);
  }
}
