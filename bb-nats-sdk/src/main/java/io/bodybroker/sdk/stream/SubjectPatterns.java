package io.bodybroker.sdk.stream;

/** NATS' subjects with wildcards: {@code *} is one token, {@code >} at the end one or more. */
final class SubjectPatterns {
  private static final String ONE = "*";
  private static final String REST = ">";

  private SubjectPatterns() {}

  /** Whether some subject matches both. */
  static boolean overlap(String left, String right) {
    String[] a = left.split("\\.", -1);
    String[] b = right.split("\\.", -1);
    int shared = Math.min(a.length, b.length);
    for (int i = 0; i < shared; i++) {
      if (a[i].equals(REST) || b[i].equals(REST)) {
        return true;
      }
      if (!a[i].equals(b[i]) && !a[i].equals(ONE) && !b[i].equals(ONE)) {
        return false;
      }
    }
    return a.length == b.length;
  }
}
