package io.bodybroker.cli.soak;

/** A call was not answered as its caller wanted. */
final class CallFailure extends Exception {
  private static final long serialVersionUID = 1L;

  private final String code;

  /**
   * A failure.
   *
   * @param code few words that are the same for failures alike, such as {@code UNAVAILABLE}
   */
  CallFailure(String code, Exception cause) {
    super(code, cause);
    this.code = code;
  }

  /** A failure that is an answer. */
  CallFailure(String code) {
    super(code);
    this.code = code;
  }

  String code() {
    return code;
  }
}
