package io.bodybroker.sdk.backup;

import io.bodybroker.sdk.internal.JetStreamApi;
import io.bodybroker.sdk.internal.JetStreamCodes;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.api.ConsumerInfo;
import io.nats.client.api.StreamInfo;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The streams and durable consumers that the server has. */
final class ServerStreams {
  private final JetStreamApi api;

  ServerStreams(JetStreamApi api) {
    this.api = api;
  }

  StreamInfo info(String name) {
    try {
      return api.management(api.connection()).getStreamInfo(name);
    } catch (IOException | JetStreamApiException | IllegalStateException e) {
      throw JetStreamApi.failed("stream " + name, e);
    }
  }

  /**
   * By their names, one by one: the server's list of infos leaves out those that have no leader
   * just now, and says so where jnats does not look.
   */
  List<StreamInfo> infos(List<String> names) {
    return names.stream().map(this::info).toList();
  }

  Set<String> names() {
    try {
      return new TreeSet<>(api.management(api.connection()).getStreamNames());
    } catch (IOException | JetStreamApiException | IllegalStateException e) {
      throw JetStreamApi.failed("the list of streams", e);
    }
  }

  /** As {@link #infos}. */
  Map<String, ConsumerInfo> durableConsumers(String stream) {
    try {
      JetStreamManagement management = api.management(api.connection());
      var durable = new TreeMap<String, ConsumerInfo>();
      for (String name : management.getConsumerNames(stream)) {
        find(management, stream, name)
            .filter(info -> info.getConsumerConfiguration().getDurable() != null)
            .ifPresent(info -> durable.put(name, info));
      }
      return durable;
    } catch (IOException | JetStreamApiException | IllegalStateException e) {
      throw JetStreamApi.failed("the consumers of " + stream, e);
    }
  }

  /** Empty if it has gone meanwhile, as those of watches do. */
  private static Optional<ConsumerInfo> find(
      JetStreamManagement management, String stream, String name)
      throws IOException, JetStreamApiException {
    try {
      return Optional.of(management.getConsumerInfo(stream, name));
    } catch (JetStreamApiException e) {
      if (JetStreamCodes.isConsumerMissing(e.getApiErrorCode())) {
        return Optional.empty();
      }
      throw e;
    }
  }
}
