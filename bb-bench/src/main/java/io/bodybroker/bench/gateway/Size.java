package io.bodybroker.bench.gateway;

/** How long a request's body is, about. */
enum Size {
  B256("256", 256),
  K4("4K", 4 * 1024),
  K64("64K", 64 * 1024);

  private final String label;
  private final int bytes;

  Size(String label, int bytes) {
    this.label = label;
    this.bytes = bytes;
  }

  /** As names of ratios and charts have it. */
  String label() {
    return label;
  }

  int bytes() {
    return bytes;
  }

  @Override
  public String toString() {
    return this == B256 ? "256 B" : label.replace("K", " KB");
  }
}
