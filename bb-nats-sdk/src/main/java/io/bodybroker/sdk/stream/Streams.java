package io.bodybroker.sdk.stream;

import io.bodybroker.sdk.connection.SupervisedConnection;
import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.sdk.internal.JetStreamApi;
import io.bodybroker.sdk.internal.JetStreamCodes;
import io.bodybroker.sdk.internal.Replication;
import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.api.StreamInfo;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes the streams on the server what is declared: one that is missing is created, one that
 * differs is changed, one that keeps more than is declared is left so, and one that cannot be
 * changed without losing messages is refused, with the difference.
 *
 * <p>A stream is looked at when it is first needed, not at the start, so that a process may start
 * while NATS is away. Several processes may do so at once; the server takes equal requests as one.
 * Thread-safe.
 */
public final class Streams {
  private static final Logger LOG = System.getLogger(Streams.class.getName());

  private final JetStreamApi api;
  private final StreamCatalog catalog;
  private final int replicas;
  private final Set<String> known = ConcurrentHashMap.newKeySet();
  private final StreamProblems problems = new StreamProblems();

  /**
   * @param storing the connection of the {@code STORE} role; asked for when it is needed
   * @param replicas of each stream, or 0 for as many as the cluster allows
   * @param timeout of one request to the server
   */
  public Streams(
      Supplier<SupervisedConnection> storing,
      StreamCatalog catalog,
      int replicas,
      Duration timeout) {
    this.api = new JetStreamApi(() -> storing.get().require(), timeout);
    this.catalog = catalog;
    this.replicas = Replication.require(replicas);
  }

  JetStreamApi api() {
    return api;
  }

  /** What is declared. */
  public StreamCatalog catalog() {
    return catalog;
  }

  /**
   * Makes a stream what is declared, unless it is known to be.
   *
   * @throws ServiceException {@code FAILED_PRECONDITION} with the differences if it cannot be
   *     changed safely; {@code UNAVAILABLE} if JetStream is away
   */
  public void require(StreamSpec stream) {
    if (!known.contains(stream.name())) {
      reconcile(stream);
    }
  }

  /** To be called when the server does not know it: it is looked at before its next use. */
  public void forget(StreamSpec stream) {
    known.remove(stream.name());
  }

  /**
   * Looks at those that were not looked at yet, and again at those that are not what is declared;
   * to be called again and again. What keeps them from that, {@link #problems} tells.
   *
   * @param needed the streams that this process cannot do without
   * @throws ServiceException {@code CANCELLED} if interrupted
   */
  public void tend(Collection<StreamSpec> needed) {
    for (StreamSpec stream : problems.dueAmong(needed)) {
      try {
        reconcile(stream);
      } catch (ServiceException e) {
        if (e.code() == ErrorCode.CANCELLED) {
          throw e;
        }
        LOG.log(Level.DEBUG, "stream " + stream.name() + " is looked at again", e);
      }
    }
  }

  /**
   * Why streams are not what is declared, a sentence each, by the stream's name; answers at once
   * from what is known.
   */
  public Map<String, String> problems() {
    return problems.all();
  }

  /** Whether a stream has been seen to be what is declared. */
  public boolean isSettled(StreamSpec stream) {
    return problems.isSettled(stream);
  }

  /** As {@link #require}, but looks in any case. */
  public void reconcile(StreamSpec stream) {
    try {
      look(stream);
      problems.solved(stream);
    } catch (ServiceException e) {
      problems.found(stream, e);
      throw e;
    }
  }

  private void look(StreamSpec stream) {
    try {
      Connection connection = api.connection();
      JetStreamManagement management = api.management(connection);
      int wanted = Replication.of(replicas, connection);
      StreamInfo found = find(management, stream.name());
      if (found == null) {
        create(management, stream, wanted);
      } else {
        change(management, stream, wanted, found);
      }
      known.add(stream.name());
    } catch (IOException | JetStreamApiException | IllegalStateException e) {
      throw api.explained("stream " + stream.name(), e);
    }
  }

  /** How each declared stream stands, without changing anything. */
  public List<StreamReport> reports() {
    return catalog.streams().stream().map(this::report).toList();
  }

  /** How one stream stands, without changing anything. */
  public StreamReport report(StreamSpec stream) {
    try {
      Connection connection = api.connection();
      StreamInfo found = find(api.management(connection), stream.name());
      return found == null
          ? StreamReport.missing(stream)
          : report(stream, Replication.of(replicas, connection), found);
    } catch (IOException | JetStreamApiException | IllegalStateException e) {
      throw JetStreamApi.failed("stream " + stream.name(), e);
    }
  }

  private static StreamReport report(StreamSpec stream, int replicas, StreamInfo found) {
    var config = found.getConfiguration();
    var state = found.getStreamState();
    return new StreamReport(
        stream,
        true,
        config.getReplicas(),
        state.getMsgCount(),
        state.getByteCount(),
        StreamConfigurations.differences(stream, replicas, config));
  }

  private static @Nullable StreamInfo find(JetStreamManagement management, String name)
      throws IOException, JetStreamApiException {
    try {
      return management.getStreamInfo(name);
    } catch (JetStreamApiException e) {
      if (JetStreamCodes.isStreamMissing(e.getApiErrorCode())) {
        return null;
      }
      throw e;
    }
  }

  private static void create(JetStreamManagement management, StreamSpec stream, int replicas)
      throws IOException, JetStreamApiException {
    management.addStream(StreamConfigurations.of(stream, replicas));
    LOG.log(Level.INFO, "made stream {0} with {1} replica(s)", stream, replicas);
  }

  private static void change(
      JetStreamManagement management, StreamSpec stream, int replicas, StreamInfo found)
      throws IOException, JetStreamApiException {
    StreamReport report = report(stream, replicas, found);
    if (report.isRefused()) {
      throw ServiceException.builder(
              ErrorCode.FAILED_PRECONDITION,
              "stream %s is not what is declared and cannot be made so without losing messages: %s"
                  .formatted(stream.name(), report.describe()))
          .mayHaveExecuted(false)
          .detail("stream", stream.name())
          .build();
    }
    if (!report.isToBeChanged()) {
      return;
    }
    management.updateStream(
        StreamConfigurations.changed(
            found.getConfiguration(), stream, Math.max(replicas, report.replicas())));
    LOG.log(Level.INFO, "changed stream {0}: {1}", stream.name(), report.describe());
  }
}
