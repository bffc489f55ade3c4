package io.bodybroker.cli;

import io.bodybroker.sdk.Bus;
import io.bodybroker.sdk.config.BusConfig;
import io.bodybroker.sdk.connection.ConnectionRole;
import java.time.Duration;

/** A bus for a command, which has nothing to do until it is connected. */
final class Connecting {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private Connecting() {}

  static Bus toBus(BusConfig config) throws InterruptedException {
    Bus bus = Bus.connect(config);
    if (!bus.awaitConnected(PATIENCE)) {
      bus.close();
      throw CommandException.failed(
          "no NATS server at %s within %d s; is `./bb up` running? NATS_URL says where it is"
              .formatted(config.natsUrls(), PATIENCE.toSeconds()));
    }
    return bus;
  }

  /** As {@link #toBus}, for what is about streams. */
  static Bus toStreams() throws InterruptedException {
    Bus bus = toBus(BusConfig.fromEnvironment());
    bus.connections().connection(ConnectionRole.STORE).awaitUp(PATIENCE);
    return bus;
  }
}
