package io.bodybroker.sdk.security;

/**
 * A file of keys or certificates that cannot be used.
 *
 * <p>Its message goes to logs and refusals, so it never repeats what is in the file.
 */
final class UnusableFileException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String setting;
  private final String expected;

  /**
   * A file that cannot be used.
   *
   * @param setting the key of the setting that names the file
   * @param problem what is wrong
   * @param expected what would be right
   */
  UnusableFileException(String setting, String problem, String expected) {
    super(problem);
    this.setting = setting;
    this.expected = expected;
  }

  String setting() {
    return setting;
  }

  /** What is wrong and what would be right. */
  String problem() {
    return getMessage() + " (expected: " + expected + ")";
  }
}
