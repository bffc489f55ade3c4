package io.bodybroker.bench.ends;

import io.bodybroker.bench.load.Service;
import io.nats.client.Connection;
import io.nats.client.Message;
import io.nats.client.Nats;
import java.time.Duration;
import java.util.List;

/** The end that serves with jnats alone: a connection with its defaults, and a dispatcher. */
public final class JnatsServer {
  private static final Duration BOUND = Duration.ofSeconds(10);

  private JnatsServer() {}

  /** What is done with a request. */
  public interface Handler {
    /** Answers, on the dispatcher's thread. */
    void handle(Connection connection, Message request) throws InterruptedException;
  }

  /** Serves a subject; returns once the server of NATS knows of it. */
  public static Service.Server start(String natsUrl, String subject, Handler handler)
      throws Exception {
    return start(natsUrl, List.of(subject), handler);
  }

  /** Serves subjects, all on one dispatcher; returns once the server of NATS knows of them. */
  public static Service.Server start(String natsUrl, List<String> subjects, Handler handler)
      throws Exception {
    Connection connection = Nats.connect(natsUrl);
    var dispatcher = connection.createDispatcher(request -> handler.handle(connection, request));
    subjects.forEach(subject -> dispatcher.subscribe(subject, "workers"));
    connection.flush(BOUND);
    return Service.Server.of(natsUrl, connection);
  }
}
