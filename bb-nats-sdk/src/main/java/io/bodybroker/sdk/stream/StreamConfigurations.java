package io.bodybroker.sdk.stream;

import io.bodybroker.sdk.stream.Difference.Kind;
import io.nats.client.api.DiscardPolicy;
import io.nats.client.api.RetentionPolicy;
import io.nats.client.api.StorageType;
import io.nats.client.api.StreamConfiguration;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A {@link StreamSpec} as the server's configuration, and how far one is from the other. */
final class StreamConfigurations {
  private StreamConfigurations() {}

  static StreamConfiguration of(StreamSpec spec, int replicas) {
    return declare(StreamConfiguration.builder(), spec, replicas)
        .retentionPolicy(retention(spec))
        .storageType(StorageType.File)
        .maxAge(spec.maxAge())
        .maxBytes(spec.maxBytes())
        .maxMessages(spec.maxMessages())
        .build();
  }

  /**
   * What is there, with all that we declare; what we do not declare, and a limit that is looser
   * than declared, stays as an operator set it.
   */
  static StreamConfiguration changed(StreamConfiguration actual, StreamSpec spec, int replicas) {
    return declare(StreamConfiguration.builder(actual), spec, replicas)
        .maxAge(Math.max(0, looser(spec.maxAge().toMillis(), millis(actual.getMaxAge()))))
        .maxBytes(looser(spec.maxBytes(), actual.getMaxBytes()))
        .maxMessages(looser(spec.maxMessages(), actual.getMaxMsgs()))
        .build();
  }

  /** Zero and less mean no limit. */
  private static long looser(long declared, long actual) {
    return declared <= 0 || actual <= 0 ? StreamSpec.UNLIMITED : Math.max(declared, actual);
  }

  private static StreamConfiguration.Builder declare(
      StreamConfiguration.Builder builder, StreamSpec spec, int replicas) {
    if (spec.isPermanent()) {
      builder.denyDelete(true).denyPurge(true);
    }
    return builder
        .name(spec.name())
        .subjects(spec.allSubjects())
        .discardPolicy(discard(spec))
        .maximumMessageSize((int) spec.maxMessageBytes())
        .duplicateWindow(spec.duplicateWindow())
        .allowDirect(true)
        .replicas(replicas);
  }

  /**
   * In what the actual configuration is not the declared one.
   *
   * @param replicas how many it should have at least: more are an operator's choice
   */
  static List<Difference> differences(StreamSpec spec, int replicas, StreamConfiguration actual) {
    var found = new ArrayList<Difference>();
    add(found, "storage", StorageType.File, actual.getStorageType(), Kind.REFUSED);
    add(found, "retention", retention(spec), actual.getRetentionPolicy(), Kind.REFUSED);
    if (!new HashSet<>(actual.getSubjects()).equals(new HashSet<>(spec.allSubjects()))) {
      boolean isSafe = spec.allSubjects().containsAll(actual.getSubjects());
      var kind = isSafe ? Kind.CHANGED : Kind.REFUSED;
      add(found, "subjects", spec.allSubjects(), actual.getSubjects(), kind);
    }
    add(found, "discard", discard(spec), actual.getDiscardPolicy(), Kind.CHANGED);
    addLimit(found, "max_age", spec.maxAge().toMillis(), millis(actual.getMaxAge()));
    addLimit(found, "max_bytes", spec.maxBytes(), actual.getMaxBytes());
    addLimit(found, "max_msgs", spec.maxMessages(), actual.getMaxMsgs());
    add(
        found,
        "max_msg_size",
        spec.maxMessageBytes(),
        (long) actual.getMaximumMessageSize(),
        Kind.CHANGED); // messages that are there already stay
    add(
        found,
        "duplicate_window",
        spec.duplicateWindow().toMillis(),
        millis(actual.getDuplicateWindow()),
        Kind.CHANGED);
    if (spec.isPermanent()) {
      add(found, "deny_delete", true, actual.getDenyDelete(), Kind.CHANGED);
      add(found, "deny_purge", true, actual.getDenyPurge(), Kind.CHANGED);
    }
    if (actual.getReplicas() < replicas) {
      add(found, "num_replicas", replicas, actual.getReplicas(), Kind.CHANGED);
    }
    return found;
  }

  /** A lower limit would make the server let go of messages at once. Zero and less mean none. */
  private static void addLimit(List<Difference> found, String what, long declared, long actual) {
    if (Math.max(declared, 0) != Math.max(actual, 0)) {
      boolean isRaised = declared <= 0 || (actual > 0 && declared >= actual);
      add(found, what, declared, actual, isRaised ? Kind.CHANGED : Kind.LOOSER);
    }
  }

  private static void add(
      List<Difference> found, String what, Object declared, @Nullable Object actual, Kind kind) {
    if (!declared.equals(actual)) {
      found.add(new Difference(what, declared.toString(), String.valueOf(actual), kind));
    }
  }

  private static long millis(@Nullable Duration duration) {
    return duration == null ? 0 : duration.toMillis();
  }

  private static RetentionPolicy retention(StreamSpec spec) {
    return switch (spec.retention()) {
      case LIMITS -> RetentionPolicy.Limits;
      case INTEREST -> RetentionPolicy.Interest;
      case WORK_QUEUE -> RetentionPolicy.WorkQueue;
    };
  }

  private static DiscardPolicy discard(StreamSpec spec) {
    return switch (spec.whenFull()) {
      case DROP_OLDEST -> DiscardPolicy.Old;
      case REFUSE_NEW -> DiscardPolicy.New;
    };
  }
}
