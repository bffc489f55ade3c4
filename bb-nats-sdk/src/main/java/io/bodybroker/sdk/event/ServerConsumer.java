package io.bodybroker.sdk.event;

import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.sdk.internal.JetStreamApi;
import io.bodybroker.sdk.internal.JetStreamCodes;
import io.bodybroker.sdk.stream.Difference;
import io.bodybroker.sdk.stream.StreamSpec;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.ConsumerInfo;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A durable consumer as the server has it: made if it is missing, changed if it differs.
 *
 * <p>One that somebody has deleted is made anew from the last position that was seen of it, not
 * from the beginning; unless its stream was made anew as well, where all events are new.
 */
final class ServerConsumer {
  private static final int NOT_NOW = 503;
  private static final Logger LOG = System.getLogger(ServerConsumer.class.getName());

  private final JetStreamApi api;
  private final StreamSpec stream;
  private final ConsumerConfigurations configuration;
  private volatile long floor;
  private volatile @Nullable ZonedDateTime streamMade;
  private volatile boolean isOfAnotherStream;

  ServerConsumer(JetStreamApi api, StreamSpec stream, ConsumerConfigurations configuration) {
    this.api = api;
    this.stream = stream;
    this.configuration = configuration;
  }

  /** How many of its events one instance works on at once. */
  int concurrency() {
    return configuration.concurrency();
  }

  /** How long the server keeps it when nobody asks for its events; zero for good. */
  Duration forgottenAfter() {
    return configuration.forgottenAfter();
  }

  StreamSpec stream() {
    return stream;
  }

  String name() {
    return configuration.name();
  }

  /** Makes it what it shall be. */
  void reconcile() {
    try {
      var management = api.management(api.connection());
      lookWhetherTheStreamIsAnother(management);
      var found = find(management);
      if (found == null) {
        var fresh = configuration.fresh(floor, isOfAnotherStream);
        var made = management.createConsumer(stream.name(), fresh);
        floor = Math.max(floor, position(made));
        LOG.log(
            Level.INFO,
            "made consumer {0} of stream {1} after sequence {2}",
            name(),
            stream.name(),
            floor);
      } else {
        floor = position(found);
        change(management, found.getConsumerConfiguration());
      }
    } catch (IOException | JetStreamApiException | IllegalStateException e) {
      throw api.explained("consumer " + name() + " of stream " + stream.name(), e);
    }
  }

  /**
   * Up to where everything is done. A consumer that begins somewhere and has had no event yet has
   * no acknowledgement either, but a place.
   */
  private static long position(ConsumerInfo info) {
    long acknowledged = info.getAckFloor().getStreamSequence();
    return info.getNumAckPending() == 0
        ? Math.max(acknowledged, info.getDelivered().getStreamSequence())
        : acknowledged;
  }

  /** A position says nothing of a stream that was made anew under the same name. */
  private void lookWhetherTheStreamIsAnother(JetStreamManagement management)
      throws IOException, JetStreamApiException {
    ZonedDateTime made = management.getStreamInfo(stream.name()).getCreateTime();
    ZonedDateTime before = streamMade;
    streamMade = made;
    if (before != null && !made.isEqual(before)) {
      LOG.log(
          Level.WARNING,
          "stream {0} has been made anew: consumer {1} begins with its first event",
          stream.name(),
          name());
      isOfAnotherStream = true;
      floor = 0;
    }
  }

  private @Nullable ConsumerInfo find(JetStreamManagement management)
      throws IOException, JetStreamApiException {
    try {
      return management.getConsumerInfo(stream.name(), name());
    } catch (JetStreamApiException e) {
      if (JetStreamCodes.isConsumerMissing(e.getApiErrorCode())) {
        return null;
      }
      throw e;
    }
  }

  private void change(JetStreamManagement management, ConsumerConfiguration actual)
      throws IOException, JetStreamApiException {
    List<Difference> differences = configuration.differences(actual);
    if (differences.isEmpty()) {
      return;
    }
    String words = differences.stream().map(Difference::toString).collect(Collectors.joining("; "));
    try {
      management.addOrUpdateConsumer(stream.name(), configuration.changed(actual));
    } catch (JetStreamApiException e) {
      if (e.getErrorCode() == NOT_NOW) {
        throw e; // such as while there is no leader
      }
      throw ServiceException.builder(
              ErrorCode.FAILED_PRECONDITION,
              "consumer %s of stream %s is not what is declared and cannot be made so (%s): %s"
                  .formatted(name(), stream.name(), e.getErrorDescription(), words))
          .mayHaveExecuted(false)
          .cause(e)
          .build();
    }
    LOG.log(Level.INFO, "changed consumer {0} of stream {1}: {2}", name(), stream.name(), words);
  }

  /** Looks how far it has come, for when it has to be made anew. Expensive for the server. */
  ConsumerInfo look() {
    try {
      var info = api.management(api.connection()).getConsumerInfo(stream.name(), name());
      floor = position(info);
      return info;
    } catch (IOException | JetStreamApiException | IllegalStateException e) {
      throw JetStreamApi.failed("consumer " + name() + " of stream " + stream.name(), e);
    }
  }
}
