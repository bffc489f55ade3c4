package io.bodybroker.protoc.compatibility;

/** Who no longer works after a change of a contract, or works differently. */
public enum Broken {
  /** Payloads of another version, on their way or stored, are read wrongly or lose content. */
  PAYLOADS("payloads of another version"),
  /** Clients of the HTTP gateway that keep to the old routes or JSON. */
  HTTP_CLIENTS("HTTP clients"),
  /** Code that was written against the generated classes. */
  JAVA_CODE("Java code"),
  /** Callers and subscribers on NATS: nobody listens, or publishes, where they expect it. */
  SUBJECTS("callers and subscribers on NATS"),
  /** Requests that were valid are refused. */
  VALID_REQUESTS("requests that were valid"),
  /** Callers that tried again after a timeout, or resumed a stream, and no longer may. */
  RETRIES("retries of older callers");

  private final String text;

  Broken(String text) {
    this.text = text;
  }

  /** In words, for a message. */
  @Override
  public String toString() {
    return text;
  }
}
