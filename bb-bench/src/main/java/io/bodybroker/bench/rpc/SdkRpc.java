package io.bodybroker.bench.rpc;

import io.bodybroker.bench.ends.SdkEnds;
import io.bodybroker.bench.load.Service;
import io.bodybroker.bench.load.Target;
import io.bodybroker.bench.v1.EchoClient;
import io.bodybroker.bench.v1.EchoRequest;
import io.bodybroker.sdk.rpc.CallOptions;
import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.OpenTelemetry;
import java.util.concurrent.CompletionStage;

/**
 * The SDK's typed call with all that it does by default: deadline, retry, breaker, bulkhead,
 * headers, metrics and the tracing API.
 */
public class SdkRpc implements Service {
  /** Where both ends trace and measure to. */
  protected OpenTelemetry openTelemetry() {
    return GlobalOpenTelemetry.get();
  }

  @Override
  public Server serve(String natsUrl) throws Exception {
    return SdkEnds.serve(natsUrl, new EchoModule(), openTelemetry());
  }

  /** What each call says beside its message. */
  CallOptions options() {
    return CallOptions.defaults();
  }

  @Override
  public Client connect(String address) throws Exception {
    var bus = SdkEnds.connect(address, openTelemetry());
    var echo = EchoClient.on(bus);
    CallOptions options = options();
    return Client.of(bus, bytes -> new EchoTarget(echo, Echo.request(bytes), options));
  }

  private record EchoTarget(EchoClient echo, EchoRequest request, CallOptions options)
      implements Target {
    @Override
    public void call() {
      var unused = echo.echo(request, options);
    }

    @Override
    public CompletionStage<?> begin() {
      return echo.echoAsync(request, options);
    }
  }
}
