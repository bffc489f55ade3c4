package io.bodybroker.bench.gateway;

import io.bodybroker.bench.ends.SdkEnds;
import io.bodybroker.bench.load.Service;
import io.bodybroker.gateway.Gateway;
import io.bodybroker.gateway.config.GatewayConfig;
import io.bodybroker.sdk.Bus;
import io.bodybroker.sdk.config.BusConfig;
import io.bodybroker.sdk.telemetry.JsonLogFormatter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.StreamHandler;

/**
 * The gateway with all contracts that there are and the settings of production: sessions, limits,
 * metrics, the tracing API, and a line in its access log for each request. Calls under way may be
 * more than they are by default, and take longer, so that none is refused.
 */
public final class OurGateway implements Service {
  private static final Logger ACCESS = Logger.getLogger("io.bodybroker.gateway.access");

  @Override
  public Server serve(String natsUrl) throws Exception {
    var log = new AccessLogFile();
    var bus =
        SdkEnds.connected(
            Bus.connect(
                BusConfig.builder()
                    .name("gateway")
                    .natsUrls(List.of(natsUrl))
                    .callMaxConcurrency(SdkEnds.MORE_THAN_ANY_WINDOW)
                    .build()),
            natsUrl);
    var config =
        GatewayConfig.builder()
            .host("127.0.0.1")
            .port(0)
            .callTimeout(HandWritten.TIMEOUT)
            .drainDelay(Duration.ZERO)
            .build();
    Gateway gateway = Gateway.start(bus, config);
    return Server.of(
        "127.0.0.1:" + gateway.port(),
        () -> {
          try (log;
              bus) {
            gateway.close();
          }
        });
  }

  @Override
  public Client connect(String address) {
    return HttpLoad.onDocuments(address);
  }

  /** Lines as the gateway's program writes them, each flushed, but to a file. */
  private static final class AccessLogFile implements AutoCloseable {
    private final Path file;
    private final StreamHandler handler;

    AccessLogFile() throws IOException {
      this.file = Files.createTempFile("bb-bench-access", ".log");
      this.handler = new Flushing(Files.newOutputStream(file));
      ACCESS.setUseParentHandlers(false);
      ACCESS.setLevel(Level.INFO);
      ACCESS.addHandler(handler);
    }

    @Override
    public void close() throws IOException {
      handler.close();
      Files.delete(file);
    }
  }

  private static final class Flushing extends StreamHandler {
    Flushing(OutputStream out) {
      super(out, new JsonLogFormatter());
    }

    @Override
    public synchronized void publish(LogRecord line) {
      super.publish(line);
      flush();
    }
  }
}
