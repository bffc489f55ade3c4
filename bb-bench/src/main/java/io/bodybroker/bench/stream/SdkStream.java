package io.bodybroker.bench.stream;

import io.bodybroker.bench.load.Service;
import io.bodybroker.bench.load.Target;
import io.bodybroker.bench.rpc.SdkRpc;
import io.bodybroker.bench.v1.CountRequest;
import io.bodybroker.bench.v1.EchoClient;
import io.bodybroker.sdk.Bus;
import io.bodybroker.sdk.config.BusConfig;
import java.time.Duration;
import java.util.List;

/** The SDK's server streaming: the writer is never further ahead than the reader allows. */
public final class SdkStream implements Service {
  @Override
  public Server serve(String natsUrl) throws Exception {
    return new SdkRpc().serve(natsUrl);
  }

  @Override
  public Client connect(String address) throws InterruptedException {
    var bus = Bus.connect(BusConfig.builder().name("bench").natsUrls(List.of(address)).build());
    if (!bus.awaitConnected(Duration.ofSeconds(10))) {
      throw new IllegalStateException("no connection to " + address);
    }
    var echo = EchoClient.on(bus);
    return new Client() {
      @Override
      public Target target(int bytes) {
        var request =
            CountRequest.newBuilder().setMessages(StreamTarget.MESSAGES).setBytes(bytes).build();
        return (StreamTarget) () -> read(echo, request);
      }

      @Override
      public void close() {
        bus.close();
      }
    };
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
