package io.bodybroker.sdk.event;

import io.bodybroker.sdk.internal.JetStreamApi;
import io.bodybroker.sdk.internal.JetStreamCodes;
import io.bodybroker.sdk.stream.StreamSpec;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.api.AckPolicy;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.ConsumerInfo;
import io.nats.client.api.DeliverPolicy;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A durable consumer as the server has it: made if it is missing, changed if it differs.
 *
 * <p>One that somebody has deleted is made anew from the last position that was seen of it, not
 * from the beginning.
 */
final class ServerConsumer {
  private static final Logger LOG = System.getLogger(ServerConsumer.class.getName());
  private static final String ANY = "*";
  private static final int MIN_ACK_PENDING = 1000;

  private final JetStreamApi api;
  private final StreamSpec stream;
  private final ConsumerSpec<?> spec;
  private final String subject;
  private volatile long floor;

  ServerConsumer(JetStreamApi api, StreamSpec stream, ConsumerSpec<?> spec, String subject) {
    this.api = api;
    this.stream = stream;
    this.spec = spec;
    this.subject = subject;
  }

  StreamSpec stream() {
    return stream;
  }

  String name() {
    return spec.name();
  }

  /** Makes it what it shall be. */
  void reconcile() {
    try {
      var management = api.management(api.connection());
      var found = find(management);
      if (found == null) {
        management.createConsumer(stream.name(), fresh());
        LOG.log(
            Level.INFO,
            "made consumer {0} of stream {1} after sequence {2}",
            name(),
            stream.name(),
            floor);
      } else {
        floor = found.getAckFloor().getStreamSequence();
        change(management, found.getConsumerConfiguration());
      }
    } catch (IOException | JetStreamApiException | IllegalStateException e) {
      throw JetStreamApi.failed("consumer " + name() + " of stream " + stream.name(), e);
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

  private ConsumerConfiguration fresh() {
    var builder = declare(ConsumerConfiguration.builder().durable(name()));
    if (floor > 0) {
      return builder.deliverPolicy(DeliverPolicy.ByStartSequence).startSequence(floor + 1).build();
    }
    return builder.deliverPolicy(spec.fromNow() ? DeliverPolicy.New : DeliverPolicy.All).build();
  }

  private void change(JetStreamManagement management, ConsumerConfiguration actual)
      throws IOException, JetStreamApiException {
    ConsumerConfiguration wanted = declare(ConsumerConfiguration.builder(actual)).build();
    if (!isEqual(wanted, actual)) {
      management.addOrUpdateConsumer(stream.name(), wanted);
      LOG.log(Level.INFO, "changed consumer {0} of stream {1}", name(), stream.name());
    }
  }

  /** Its own events, and those that come back from the dead-letter queue for it alone. */
  private List<String> filters() {
    return List.of(subject, stream.redriveSubject(name(), ANY));
  }

  private ConsumerConfiguration.Builder declare(ConsumerConfiguration.Builder builder) {
    return builder
        .filterSubjects(filters())
        .ackPolicy(AckPolicy.Explicit)
        .ackWait(spec.ackWait())
        .maxDeliver(spec.attempts())
        .maxAckPending(maxAckPending());
  }

  private long maxAckPending() {
    return spec.isInOrder() ? 1 : Math.max(MIN_ACK_PENDING, 8L * spec.concurrency());
  }

  private static boolean isEqual(ConsumerConfiguration wanted, ConsumerConfiguration actual) {
    return new HashSet<>(filtersOf(wanted)).equals(new HashSet<>(filtersOf(actual)))
        && Objects.equals(wanted.getAckWait(), actual.getAckWait())
        && wanted.getMaxDeliver() == actual.getMaxDeliver()
        && wanted.getMaxAckPending() == actual.getMaxAckPending();
  }

  private static List<String> filtersOf(ConsumerConfiguration configuration) {
    List<String> filters = configuration.getFilterSubjects();
    return filters == null ? List.of() : filters;
  }

  /** Looks how far it has come, for when it has to be made anew. Expensive for the server. */
  ConsumerInfo look() {
    try {
      var info = api.management(api.connection()).getConsumerInfo(stream.name(), name());
      floor = info.getAckFloor().getStreamSequence();
      return info;
    } catch (IOException | JetStreamApiException | IllegalStateException e) {
      throw JetStreamApi.failed("consumer " + name() + " of stream " + stream.name(), e);
    }
  }
}
