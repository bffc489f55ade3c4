package io.bodybroker.sdk.backup;

import io.bodybroker.sdk.internal.JetStreamApi;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.api.ConsumerInfo;
import io.nats.client.support.JsonValueUtils;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Compares a stream that was restored with what its backup says. For one stream. */
final class Comparison {
  /** A consumer of a cluster answers only once it has a leader. */
  private static final Duration CONSUMERS_APPEAR = Duration.ofSeconds(20);

  private static final int NAMED = 5;

  private final StreamBackup expected;
  private final Instant now;
  private final long maxAge;
  private final List<String> differences = new ArrayList<>();
  private long verified;
  private long expired;

  Comparison(StreamBackup expected, Instant now) {
    this.expected = expected;
    this.now = now;
    this.maxAge =
        JsonValueUtils.readLong(ManifestJson.parse(expected.configuration()), "max_age", 0);
  }

  /**
   * The result.
   *
   * @param saved fingerprints of the backup
   * @param found fingerprints on the server
   */
  RestoredStream of(
      List<Fingerprint> saved, List<Fingerprint> found, long lastSequence, JetStreamApi api) {
    messages(saved, found);
    if (lastSequence < expected.lastSequence()) {
      differences.add(
          "last sequence %d (expected: %d)".formatted(lastSequence, expected.lastSequence()));
    }
    int consumers = consumers(api);
    return new RestoredStream(
        expected.name(), found.size(), verified, expired, consumers, differences);
  }

  /** Both are in the order of their sequences, so that one walk along both is enough. */
  private void messages(List<Fingerprint> saved, List<Fingerprint> found) {
    var missing = new ArrayList<Long>();
    var changed = new ArrayList<Long>();
    var strange = new ArrayList<Long>();
    int at = 0;
    for (Fingerprint one : saved) {
      while (at < found.size() && found.get(at).sequence() < one.sequence()) {
        strange.add(found.get(at++).sequence());
      }
      if (at < found.size() && found.get(at).sequence() == one.sequence()) {
        if (one.equals(found.get(at++))) {
          verified++;
        } else {
          changed.add(one.sequence());
        }
      } else if (isExpired(one)) {
        expired++;
      } else {
        missing.add(one.sequence());
      }
    }
    found.subList(at, found.size()).forEach(one -> strange.add(one.sequence()));
    tell("missing", missing);
    tell("not what was saved", changed);
    tellStrange(strange);
  }

  /** What came, or was overwritten, while the snapshot was taken may be in it. */
  private void tellStrange(List<Long> strange) {
    if (expected.isExact()) {
      tell(
          "not in the backup",
          strange.stream().filter(sequence -> sequence <= expected.lastSequence()).toList());
    }
  }

  private void tell(String what, List<Long> sequences) {
    if (!sequences.isEmpty()) {
      String more = sequences.size() > NAMED ? ", …" : "";
      String named =
          String.join(", ", sequences.stream().limit(NAMED).map(String::valueOf).toList());
      differences.add(
          "%d messages are %s: sequence %s%s".formatted(sequences.size(), what, named, more));
    }
  }

  private boolean isExpired(Fingerprint message) {
    var taken = Instant.ofEpochSecond(0, message.epochNanos());
    return maxAge > 0 && taken.plusNanos(maxAge).isBefore(now);
  }

  private int consumers(JetStreamApi api) {
    long end = System.nanoTime() + CONSUMERS_APPEAR.toNanos();
    int good = 0;
    for (ConsumerPosition consumer : expected.consumers()) {
      String difference = difference(api, consumer);
      while (!difference.isEmpty() && System.nanoTime() < end) {
        Pause.before("looking at consumer " + consumer.name());
        difference = difference(api, consumer);
      }
      if (difference.isEmpty()) {
        good++;
      } else {
        differences.add(difference);
      }
    }
    return good;
  }

  /** In what a consumer does not stand where it stood, in words; empty if it does. */
  private String difference(JetStreamApi api, ConsumerPosition consumer) {
    Optional<ConsumerInfo> found = find(api, consumer.name());
    if (found.isEmpty()) {
      return "consumer %s is missing".formatted(consumer.name());
    }
    String name = "consumer " + consumer.name();
    long floor = found.get().getAckFloor().getStreamSequence();
    long delivered = found.get().getDelivered().getStreamSequence();
    long unacknowledged = found.get().getNumAckPending();
    if (isOutside(floor, consumer.ackFloor(), consumer.ackFloorAfter())) {
      return position(name, "ack floor", floor, consumer.ackFloor(), consumer.ackFloorAfter());
    }
    // How far it has passed by what its filter leaves out, the server does not keep.
    long least = consumer.unacknowledged() == 0 ? consumer.ackFloor() : consumer.delivered();
    if (isOutside(delivered, least, consumer.deliveredAfter())) {
      return position(
          name, "delivered", delivered, consumer.delivered(), consumer.deliveredAfter());
    }
    return consumer.stoodStill() && expired == 0 && unacknowledged != consumer.unacknowledged()
        ? position(
            name,
            "unacknowledged",
            unacknowledged,
            consumer.unacknowledged(),
            consumer.unacknowledged())
        : "";
  }

  /** What expired has passed by all consumers. */
  private boolean isOutside(long actual, long least, long most) {
    return actual < least || (actual > most && expired == 0);
  }

  private static String position(String name, String what, long actual, long least, long most) {
    return least == most
        ? "%s: %s %d (expected: %d)".formatted(name, what, actual, least)
        : "%s: %s %d (expected: %d to %d)".formatted(name, what, actual, least, most);
  }

  private Optional<ConsumerInfo> find(JetStreamApi api, String name) {
    try {
      JetStreamManagement management = api.management(api.connection());
      return Optional.of(management.getConsumerInfo(expected.name(), name));
    } catch (IOException | JetStreamApiException e) {
      return Optional.empty(); // looked at again, and told when the time is up
    }
  }
}
