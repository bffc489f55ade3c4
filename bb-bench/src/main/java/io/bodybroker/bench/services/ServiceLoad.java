package io.bodybroker.bench.services;

import io.bodybroker.sdk.host.ServiceModule;
import io.bodybroker.sdk.rpc.RpcCaller;
import java.util.List;

/**
 * What players ask most of one service: one read and one write, each of one of many documents.
 *
 * @param service the service, as its contract calls it
 * @param modules makes the modules of one instance: its own, and those it cannot work without
 * @param open makes the calls, and what they need to be there
 */
record ServiceLoad(String service, Modules modules, Opening open) {
  /** So many documents are read and written in turns. */
  static final int DOCUMENTS = 1_000;

  /** Makes modules that are in no host yet. */
  interface Modules {
    List<ServiceModule> make();
  }

  /** Prepares the documents. */
  interface Opening {
    Calls on(RpcCaller caller);
  }

  /** One call. */
  interface Call {
    /**
     * Makes it, and fails if it fails.
     *
     * @param turn counts up from 0 over all callers
     */
    void make(long turn);
  }

  /**
   * What is measured.
   *
   * @param read the method that reads, for the table
   * @param reading reads
   * @param write the method that writes, for the table
   * @param writing writes
   */
  record Calls(String read, Call reading, String write, Call writing) {}

  /** The document whose turn it is. */
  static String document(long turn) {
    return "bench-" + turn % DOCUMENTS;
  }
}
