package io.bodybroker.cli;

import io.bodybroker.sdk.Bus;
import io.bodybroker.sdk.config.BusConfig;
import io.bodybroker.sdk.connection.ConnectionRole;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/** A bus for a command, which has nothing to do until it is connected. */
final class Connecting {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /** How a connection says that it reached none of its servers. */
  private static final String NOBODY_ANSWERS = "Unable to connect to NATS servers";

  /** How it says that the first try has not ended. */
  private static final String NOT_TRIED = "connecting";

  private Connecting() {}

  static Bus toBus(BusConfig config) throws InterruptedException {
    Bus bus = Bus.connect(config);
    if (!bus.awaitConnected(PATIENCE)) {
      String reason = bus.connections().connection(ConnectionRole.CALL).reason();
      bus.close();
      throw CommandException.failed(problem(config, reason));
    }
    return bus;
  }

  /**
   * What is wrong, without passwords. A server that answers and does not let us in is not one that
   * is missing, and only the connection knows which it is.
   */
  private static String problem(BusConfig config, String reason) {
    List<String> servers = config.natsUrls().stream().map(Connecting::withoutUser).toList();
    if (reason.startsWith(NOBODY_ANSWERS) || reason.equals(NOT_TRIED)) {
      return "no NATS server at %s within %d s; is `./bb up` running? NATS_URL says where it is"
          .formatted(servers, PATIENCE.toSeconds());
    }
    return "not connected to NATS at %s within %d s: %s"
        .formatted(servers, PATIENCE.toSeconds(), reason);
  }

  private static String withoutUser(String url) {
    String user = URI.create(url).getRawUserInfo();
    return user == null ? url : url.replace("//" + user + "@", "//");
  }

  /** As {@link #toBus}, for what is about streams. */
  static Bus toStreams() throws InterruptedException {
    return toStreams(BusConfig.fromEnvironment());
  }

  /** The same, of servers that are known. */
  static Bus toStreams(BusConfig config) throws InterruptedException {
    Bus bus = toBus(config);
    bus.connections().connection(ConnectionRole.STORE).awaitUp(PATIENCE);
    return bus;
  }
}
