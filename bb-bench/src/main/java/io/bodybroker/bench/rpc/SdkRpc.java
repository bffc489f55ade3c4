package io.bodybroker.bench.rpc;

import com.google.protobuf.UnsafeByteOperations;
import io.bodybroker.bench.load.Service;
import io.bodybroker.bench.load.Target;
import io.bodybroker.bench.v1.EchoClient;
import io.bodybroker.bench.v1.EchoRequest;
import io.bodybroker.sdk.Bus;
import io.bodybroker.sdk.config.BusConfig;
import io.bodybroker.sdk.host.ServiceHost;
import io.bodybroker.sdk.rpc.CallOptions;
import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.OpenTelemetry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * The SDK's typed call with all that it does by default: deadline, retry, breaker, bulkhead,
 * headers, metrics and the tracing API.
 */
public class SdkRpc implements Service {
  private static final int MORE_THAN_ANY_WINDOW = 4_096;

  /** Where both ends trace and measure to. */
  protected OpenTelemetry openTelemetry() {
    return GlobalOpenTelemetry.get();
  }

  @Override
  public Server serve(String natsUrl) throws Exception {
    var config =
        BusConfig.builder()
            .name("echo")
            .natsUrls(List.of(natsUrl))
            .healthHost("127.0.0.1")
            .healthPort(0)
            .serveMaxConcurrency(MORE_THAN_ANY_WINDOW)
            .build();
    ServiceHost host =
        ServiceHost.builder(new EchoModule()).config(config).openTelemetry(openTelemetry()).start();
    return new Server() {
      @Override
      public String address() {
        return natsUrl;
      }

      @Override
      public void close() throws Exception {
        host.close();
      }
    };
  }

  /** What each call says beside its message. */
  CallOptions options() {
    return CallOptions.defaults();
  }

  @Override
  public Client connect(String address) throws Exception {
    var bus =
        Bus.connect(
            BusConfig.builder()
                .name("bench")
                .natsUrls(List.of(address))
                .callMaxConcurrency(MORE_THAN_ANY_WINDOW)
                .build(),
            openTelemetry());
    if (!bus.awaitConnected(Duration.ofSeconds(10))) {
      throw new IllegalStateException("no connection to " + address);
    }
    var echo = EchoClient.on(bus);
    CallOptions options = options();
    return new Client() {
      @Override
      public Target target(int bytes) {
        var request =
            EchoRequest.newBuilder()
                .setPayload(UnsafeByteOperations.unsafeWrap(new byte[bytes]))
                .build();
        return new Target() {
          @Override
          public void call() {
            echo.echo(request, options);
          }

          @Override
          public CompletionStage<?> begin() {
            return echo.echoAsync(request, options);
          }
        };
      }

      @Override
      public void close() {
        bus.close();
      }
    };
  }
}
