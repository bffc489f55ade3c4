package io.bodybroker.sdk.event;

import io.bodybroker.sdk.deadletter.DeadLetterStreams;
import io.bodybroker.sdk.internal.JetStreamApi;
import io.bodybroker.sdk.internal.JetStreamCodes;
import io.bodybroker.sdk.stream.StreamSpec;
import io.bodybroker.sdk.stream.Streams;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.api.ConsumerInfo;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The declared durable consumers against those there are, for operators. What a consumer shall be,
 * it becomes when it is consumed: see {@link Events#consume}. Thread-safe.
 */
public final class Consumers {
  private final JetStreamApi api;
  private final Streams streams;
  private final ConsumerCatalog catalog;

  /** Those of a catalog. */
  Consumers(JetStreamApi api, Streams streams, ConsumerCatalog catalog) {
    this.api = api;
    this.streams = streams;
    this.catalog = catalog;
  }

  /** What is declared. */
  public ConsumerCatalog catalog() {
    return catalog;
  }

  /**
   * How each declared consumer stands, and the one beside it that has what comes back from the
   * dead-letter queue; and then each that is on a declared stream without being declared. Changes
   * nothing. Expensive for the server: not for a loop.
   *
   * @throws io.bodybroker.sdk.error.ServiceException {@code UNAVAILABLE} if JetStream is away
   */
  public List<ConsumerReport> reports() {
    try {
      var management = api.management(api.connection());
      var reports = new ArrayList<ConsumerReport>();
      Set<String> known = new HashSet<>();
      for (ConsumerSpec<?> consumer : catalog.consumers()) {
        var stream = streams.catalog().require(ConsumerCatalog.subject(consumer));
        for (var each :
            List.of(
                ConsumerConfigurations.ofEvents(stream, consumer),
                ConsumerConfigurations.ofRedriven(stream, consumer))) {
          known.add(each.name());
          reports.add(report(management, stream, each));
        }
      }
      for (StreamSpec stream : streams.catalog().streams()) {
        if (!stream.name().equals(DeadLetterStreams.ADVISORIES.name())) {
          addStrangers(management, stream, known, reports);
        }
      }
      return reports;
    } catch (IOException | JetStreamApiException | IllegalStateException e) {
      throw JetStreamApi.failed("consumers", e);
    }
  }

  private static ConsumerReport report(
      JetStreamManagement management, StreamSpec stream, ConsumerConfigurations declared)
      throws IOException, JetStreamApiException {
    Optional<ConsumerInfo> found = find(management, stream.name(), declared.name());
    return found.isEmpty()
        ? new ConsumerReport(stream.name(), declared.name(), true, false, 0, 0, 0, 0, List.of())
        : report(found.get(), true, declared.differences(found.get().getConsumerConfiguration()));
  }

  private static ConsumerReport report(
      ConsumerInfo found,
      boolean isDeclared,
      List<io.bodybroker.sdk.stream.Difference> differences) {
    return new ConsumerReport(
        found.getStreamName(),
        found.getName(),
        isDeclared,
        true,
        found.getNumPending(),
        found.getNumAckPending(),
        found.getRedelivered(),
        found.getAckFloor().getStreamSequence(),
        differences);
  }

  private static void addStrangers(
      JetStreamManagement management,
      StreamSpec stream,
      Set<String> known,
      List<ConsumerReport> reports)
      throws IOException, JetStreamApiException {
    try {
      for (ConsumerInfo found : management.getConsumers(stream.name())) {
        if (!known.contains(found.getName())) {
          reports.add(report(found, false, List.of()));
        }
      }
    } catch (JetStreamApiException e) {
      if (!JetStreamCodes.isStreamMissing(e.getApiErrorCode())) {
        throw e;
      }
    }
  }

  private static Optional<ConsumerInfo> find(
      JetStreamManagement management, String stream, String name)
      throws IOException, JetStreamApiException {
    try {
      return Optional.of(management.getConsumerInfo(stream, name));
    } catch (JetStreamApiException e) {
      if (JetStreamCodes.isConsumerMissing(e.getApiErrorCode())
          || JetStreamCodes.isStreamMissing(e.getApiErrorCode())) {
        return Optional.empty();
      }
      throw e;
    }
  }
}
