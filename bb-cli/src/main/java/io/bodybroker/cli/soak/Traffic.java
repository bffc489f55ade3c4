package io.bodybroker.cli.soak;

/**
 * One kind of call, made again and again, by many threads at once.
 *
 * @param name the kind, such as {@code nats read}
 * @param action makes one call
 */
record Traffic(String name, Action action) {
  /** How a call is made. */
  interface Action {
    /**
     * Makes one call.
     *
     * @param number of the call among those of its kind
     * @throws CallFailure if it was not answered well
     */
    void call(long number) throws CallFailure;
  }
}
