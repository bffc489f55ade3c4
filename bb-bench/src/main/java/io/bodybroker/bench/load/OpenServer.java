package io.bodybroker.bench.load;

/** What serves at an address. */
record OpenServer(String address, AutoCloseable serving) implements Service.Server {
  @Override
  public void close() throws Exception {
    serving.close();
  }
}
