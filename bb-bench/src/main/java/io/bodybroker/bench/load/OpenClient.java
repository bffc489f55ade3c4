package io.bodybroker.bench.load;

import java.util.function.IntFunction;

/** What calls on something that is connected. */
record OpenClient(AutoCloseable connected, IntFunction<Target> targets) implements Service.Client {
  @Override
  public Target target(int bytes) {
    return targets.apply(bytes);
  }

  @Override
  public void close() throws Exception {
    connected.close();
  }
}
