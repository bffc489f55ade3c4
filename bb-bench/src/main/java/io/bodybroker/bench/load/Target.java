package io.bodybroker.bench.load;

import java.util.concurrent.CompletionStage;

/** What is called, in one contender's way. Thread-safe. */
public interface Target {
  /** Makes a call and waits for its answer. */
  void call() throws Exception;

  /** Begins a call; the stage ends with its answer. */
  CompletionStage<?> begin() throws Exception;
}
