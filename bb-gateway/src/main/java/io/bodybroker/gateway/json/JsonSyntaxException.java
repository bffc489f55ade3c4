package io.bodybroker.gateway.json;

/** Text that is not JSON. */
final class JsonSyntaxException extends Exception {
  private static final long serialVersionUID = 1L;

  private final int offset;

  JsonSyntaxException(int offset, String message) {
    super(message);
    this.offset = offset;
  }

  /** Where reading stopped. */
  int offset() {
    return offset;
  }
}
