package io.bodybroker.sdk.event;

import io.bodybroker.sdk.stream.Difference;
import io.bodybroker.sdk.stream.Difference.Kind;
import io.bodybroker.sdk.stream.StreamSpec;
import io.nats.client.api.AckPolicy;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.DeliverPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A {@link ConsumerSpec} as the server's configuration, and how far one is from the other. */
final class ConsumerConfigurations {
  private static final String ANY = "*";
  private static final int MIN_ACK_PENDING = 1000;

  private final StreamSpec stream;
  private final ConsumerSpec<?> spec;
  private final String subject;

  ConsumerConfigurations(StreamSpec stream, ConsumerSpec<?> spec, String subject) {
    this.stream = stream;
    this.spec = spec;
    this.subject = subject;
  }

  /**
   * What it is made with.
   *
   * @param after the sequence it begins after; 0 if nothing is known of an earlier one
   * @param isFromNow where it begins in that case: with what comes, or with what there is
   */
  ConsumerConfiguration fresh(long after, boolean isFromNow) {
    var builder = declare(ConsumerConfiguration.builder().durable(spec.name()));
    if (after > 0) {
      return builder.deliverPolicy(DeliverPolicy.ByStartSequence).startSequence(after + 1).build();
    }
    return builder.deliverPolicy(isFromNow ? DeliverPolicy.New : DeliverPolicy.All).build();
  }

  /** What is there, with all that we declare; what we do not stays as an operator set it. */
  ConsumerConfiguration changed(ConsumerConfiguration actual) {
    return declare(ConsumerConfiguration.builder(actual)).build();
  }

  private ConsumerConfiguration.Builder declare(ConsumerConfiguration.Builder builder) {
    return builder
        .filterSubjects(filters())
        .ackPolicy(AckPolicy.Explicit)
        .ackWait(spec.ackWait())
        .maxDeliver(spec.attempts())
        .maxAckPending(maxAckPending());
  }

  /** Its own events, and those that come back from the dead-letter queue for it alone. */
  private List<String> filters() {
    return List.of(subject, stream.redriveSubject(spec.name(), ANY));
  }

  private long maxAckPending() {
    return spec.isInOrder() ? 1 : Math.max(MIN_ACK_PENDING, 8L * spec.concurrency());
  }

  /** In what the actual configuration is not the declared one. */
  List<Difference> differences(ConsumerConfiguration actual) {
    var found = new ArrayList<Difference>();
    add(found, "filter_subjects", new TreeSet<>(filters()), filtersOf(actual), Kind.CHANGED);
    add(found, "ack_policy", AckPolicy.Explicit, actual.getAckPolicy(), Kind.REFUSED);
    add(found, "ack_wait", spec.ackWait(), actual.getAckWait(), Kind.CHANGED);
    add(found, "max_deliver", (long) spec.attempts(), actual.getMaxDeliver(), Kind.CHANGED);
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
