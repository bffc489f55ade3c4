package io.bodybroker.sdk.event;

import io.bodybroker.sdk.stream.Difference;
import io.bodybroker.sdk.stream.Difference.Kind;
import io.bodybroker.sdk.stream.Retention;
import io.bodybroker.sdk.stream.StreamSpec;
import io.nats.client.api.AckPolicy;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.DeliverPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A {@link ConsumerSpec} as the server's configuration, and how far one is from the other. There
 * are two consumers on the server for each: one has the events, the other what comes back from the
 * dead-letter queue for this consumer alone, one after the other.
 *
 * <p>One with both subjects would do, but nats-server 2.10 then searches the whole of a backlog for
 * each event: measured with 60,000 in the stream, 63 events a second instead of 18,906.
 */
final class ConsumerConfigurations {
  private static final String ANY = "*";
  private static final int MIN_ACK_PENDING = 1000;

  /**
   * Deliveries beyond those that a handler gets. If each of its attempts ended the process, the
   * next one buries the event without asking it. Only when that fails as often is the server's word
   * needed that no delivery is left; which is sent once, and lost if its stream has no leader then.
   */
  private static final int SPARE_DELIVERIES = 5;

  private final boolean isWorkQueue;
  private final ConsumerSpec<?> spec;
  private final String name;
  private final String subject;
  private final int concurrency;
  private final ReadFrom first;
  private final Duration forgottenAfter;

  /**
   * @param first where it begins if it is new
   * @param forgottenAfter how long the server keeps it when nobody asks for its events; zero for
   *     good
   */
  private ConsumerConfigurations(
      StreamSpec stream,
      ConsumerSpec<?> spec,
      String name,
      String subject,
      int concurrency,
      ReadFrom first,
      Duration forgottenAfter) {
    this.isWorkQueue = stream.retention() == Retention.WORK_QUEUE;
    this.spec = spec;
    this.name = name;
    this.subject = subject;
    this.concurrency = concurrency;
    this.first = first;
    this.forgottenAfter = forgottenAfter;
  }

  /** The one that has the events. */
  static ConsumerConfigurations ofEvents(StreamSpec stream, ConsumerSpec<?> spec) {
    return new ConsumerConfigurations(
        stream,
        spec,
        spec.name(),
        ConsumerCatalog.subject(spec),
        concurrency(spec),
        spec.fromNow() ? ReadFrom.now() : ReadFrom.beginning(),
        Duration.ZERO);
  }

  private static int concurrency(ConsumerSpec<?> spec) {
    return spec.isInOrder() ? 1 : spec.concurrency();
  }

  /** The one that has the events of some topics. */
  static ConsumerConfigurations ofTopics(
      StreamSpec stream, ConsumerSpec<?> spec, String subject, ReadFrom from) {
    return new ConsumerConfigurations(
        stream, spec, spec.name(), subject, concurrency(spec), from, stream.maxAge());
  }

  /** The one that has what comes back. */
  static ConsumerConfigurations ofRedriven(StreamSpec stream, ConsumerSpec<?> spec) {
    return ofRedriven(stream, spec, Duration.ZERO);
  }

  /** The one that has what comes back to one of some topics. */
  static ConsumerConfigurations ofRedrivenTopics(StreamSpec stream, ConsumerSpec<?> spec) {
    return ofRedriven(stream, spec, stream.maxAge());
  }

  private static ConsumerConfigurations ofRedriven(
      StreamSpec stream, ConsumerSpec<?> spec, Duration forgottenAfter) {
    return new ConsumerConfigurations(
        stream,
        spec,
        ConsumerCatalog.redriven(spec.name()),
        stream.redriveSubject(spec.name(), ANY),
        1,
        ReadFrom.beginning(),
        forgottenAfter);
  }

  /** What the server knows it by. */
  String name() {
    return name;
  }

  /** How many of its events one instance works on at once. */
  int concurrency() {
    return concurrency;
  }

  /** How long the server keeps it when nobody asks for its events; zero for good. */
  Duration forgottenAfter() {
    return forgottenAfter;
  }

  /**
   * What it is made with.
   *
   * @param after the sequence it begins after; 0 if nothing is known of an earlier one
   * @param isForAll whether it begins with all there are in that case, whatever its spec says
   */
  ConsumerConfiguration fresh(long after, boolean isForAll) {
    var builder = declare(ConsumerConfiguration.builder().durable(name));
    if (isWorkQueue) {
      return builder.deliverPolicy(DeliverPolicy.All).build(); // which has nothing that is done
    }
    if (after > 0) {
      return builder.deliverPolicy(DeliverPolicy.ByStartSequence).startSequence(after + 1).build();
    }
    return JetStreamTopics.begin(builder, isForAll ? ReadFrom.beginning() : first).build();
  }

  /** What is there, with all that we declare; what we do not stays as an operator set it. */
  ConsumerConfiguration changed(ConsumerConfiguration actual) {
    return declare(ConsumerConfiguration.builder(actual)).build();
  }

  private ConsumerConfiguration.Builder declare(ConsumerConfiguration.Builder builder) {
    if (forgottenAfter.isPositive()) {
      builder.inactiveThreshold(forgottenAfter);
    }
    return builder
        .filterSubjects(List.of(subject))
        .ackPolicy(AckPolicy.Explicit)
        .ackWait(spec.ackWait())
        .maxDeliver(maxDeliver())
        .maxAckPending(maxAckPending());
  }

  private long maxDeliver() {
    return (long) spec.attempts() + SPARE_DELIVERIES;
  }

  private long maxAckPending() {
    return spec.isInOrder() ? 1 : Math.max(MIN_ACK_PENDING, 8L * spec.concurrency());
  }

  /** In what the actual configuration is not the declared one. */
  List<Difference> differences(ConsumerConfiguration actual) {
    var found = new ArrayList<Difference>();
    add(found, "filter_subjects", Set.of(subject), filtersOf(actual), Kind.CHANGED);
    add(found, "ack_policy", AckPolicy.Explicit, actual.getAckPolicy(), Kind.REFUSED);
    add(found, "ack_wait", spec.ackWait(), actual.getAckWait(), Kind.CHANGED);
    add(found, "max_deliver", maxDeliver(), actual.getMaxDeliver(), Kind.CHANGED);
    add(found, "max_ack_pending", maxAckPending(), actual.getMaxAckPending(), Kind.CHANGED);
    return found;
  }

  private static void add(
      List<Difference> found, String what, Object declared, @Nullable Object actual, Kind kind) {
    if (!declared.equals(actual)) {
      found.add(new Difference(what, declared.toString(), String.valueOf(actual), kind));
    }
  }

  private static Set<String> filtersOf(ConsumerConfiguration configuration) {
    List<String> filters = configuration.getFilterSubjects();
    return filters == null ? new TreeSet<>() : new TreeSet<>(filters);
  }
}
