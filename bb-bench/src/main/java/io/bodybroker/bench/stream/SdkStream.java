package io.bodybroker.bench.stream;

import io.bodybroker.bench.ends.SdkEnds;
import io.bodybroker.bench.load.Service;
import io.bodybroker.bench.rpc.SdkRpc;
import io.bodybroker.bench.v1.CountRequest;
import io.bodybroker.bench.v1.EchoClient;
import io.opentelemetry.api.GlobalOpenTelemetry;

/** The SDK's server streaming: the writer is never further ahead than the reader allows. */
public final class SdkStream implements Service {
  @Override
  public Server serve(String natsUrl) throws Exception {
    return new SdkRpc().serve(natsUrl);
  }

  @Override
  public Client connect(String address) throws InterruptedException {
    var bus = SdkEnds.connect(address, GlobalOpenTelemetry.get());
    var echo = EchoClient.on(bus);
    return Client.of(bus, bytes -> target(echo, bytes));
  }

  private static StreamTarget target(EchoClient echo, int bytes) {
    var request = StreamTarget.request(bytes);
    return () -> read(echo, request);
  }

  private static void read(EchoClient echo, CountRequest request) {
    int received = 0;
    try (var responses = echo.count(request)) {
      while (responses.next().isPresent()) {
        received++;
      }
    }
    StreamTarget.requireAll(received);
  }
}
