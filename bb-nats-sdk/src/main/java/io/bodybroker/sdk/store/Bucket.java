package io.bodybroker.sdk.store;

import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.sdk.internal.JetStreamApi;
import io.bodybroker.sdk.internal.JetStreamCodes;
import io.bodybroker.sdk.internal.KeyEncoding;
import io.bodybroker.sdk.internal.Replication;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.api.KeyValueConfiguration;
import io.nats.client.api.StorageType;
import io.nats.client.api.StreamConfiguration;
import io.nats.client.api.StreamInfo;
import io.nats.client.api.StreamInfoOptions;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A key-value bucket as NATS' ADR-8 lays it out: a stream {@code KV_name} with subjects {@code
 * $KV.name.key}.
 *
 * <p>It is made on first use, not when the store is opened, so that a process may start while NATS
 * is away. A bucket that exists is used as it is, if it is a bucket, but for a history that is too
 * short: replicas are the operator's to change. Several may make it at once; the server takes equal
 * requests as one.
 */
final class Bucket {
  private static final Logger LOG = System.getLogger(Bucket.class.getName());

  private final JetStreamApi api;
  private final String name;
  private final String stream;
  private final int replicas;
  private final int history;
  private volatile boolean known;

  Bucket(JetStreamApi api, String name, int replicas, int history) {
    this.api = api;
    this.name = name;
    this.stream = "KV_" + name;
    this.replicas = replicas;
    this.history = history;
  }

  String name() {
    return name;
  }

  String stream() {
    return stream;
  }

  String subject(String key) {
    return subjectPrefix() + KeyEncoding.encode(key);
  }

  /** The subjects of all keys under a prefix, as {@link Store#list} takes it. */
  String filter(String prefix) {
    return subjectPrefix() + KeyEncoding.encode(prefix) + ">";
  }

  /** The subjects of all keys a watch follows. */
  String filter(Scope scope) {
    return switch (scope) {
      case Scope.Key one -> subject(one.key());
      case Scope.Prefix many -> filter(many.prefix());
    };
  }

  String key(String subject) {
    return KeyEncoding.decode(subject.substring(subjectPrefix().length()));
  }

  private String subjectPrefix() {
    return "$KV." + name + ".";
  }

  /** Makes it unless it is known to exist. */
  void require() {
    if (!known) {
      info();
    }
  }

  /**
   * To be called when the server does not know it: it is looked for, and made, before the next use.
   */
  void forget() {
    known = false;
  }

  /** What its leader says of it now; made if it does not exist. */
  StreamInfo info() {
    try {
      var connection = api.connection();
      var management = api.management(connection);
      var info = requireBucket(findOrCreate(management, Replication.of(replicas, connection)));
      known = true;
      return info;
    } catch (IOException | JetStreamApiException | IllegalStateException e) {
      throw JetStreamApi.failed("bucket " + name, e);
    }
  }

  /**
   * The keys under a prefix that have an entry, be it the mark of a deletion; the caller may change
   * the set.
   */
  Set<String> keys(String prefix) {
    try {
      var options = StreamInfoOptions.filterSubjects(filter(prefix));
      var state = api.management(api.connection()).getStreamInfo(stream, options).getStreamState();
      return state.getSubjects().stream()
          .map(subject -> key(subject.getName()))
          .collect(Collectors.toCollection(HashSet::new));
    } catch (IOException | JetStreamApiException | IllegalStateException e) {
      throw JetStreamApi.failed("bucket " + name, e);
    }
  }

  private StreamInfo findOrCreate(JetStreamManagement management, int copies)
      throws IOException, JetStreamApiException {
    try {
      return withHistory(management, management.getStreamInfo(stream));
    } catch (JetStreamApiException e) {
      if (!JetStreamCodes.isStreamMissing(e.getApiErrorCode())) {
        throw e;
      }
    }
    try {
      var created = management.addStream(configuration(copies));
      LOG.log(Level.INFO, "made bucket {0} with {1} replica(s)", name, copies);
      return created;
    } catch (JetStreamApiException e) {
      if (!JetStreamCodes.isStreamTaken(e.getApiErrorCode())) {
        throw e;
      }
      return management.getStreamInfo(stream);
    }
  }

  /** More history loses nothing, and a change feed cannot do with less than it asks for. */
  private StreamInfo withHistory(JetStreamManagement management, StreamInfo found)
      throws IOException, JetStreamApiException {
    var config = found.getConfiguration();
    if (config.getMaxMsgsPerSubject() < 1 || config.getMaxMsgsPerSubject() >= history) {
      return found;
    }
    LOG.log(Level.INFO, "bucket {0} keeps {1} revisions of each key from now on", name, history);
    return management.updateStream(
        StreamConfiguration.builder(config).maxMessagesPerSubject(history).build());
  }

  private StreamConfiguration configuration(int copies) {
    return KeyValueConfiguration.builder()
        .name(name)
        .storageType(StorageType.File)
        .replicas(copies)
        .maxHistoryPerKey(history)
        .build()
        .getBackingConfig();
  }

  private StreamInfo requireBucket(StreamInfo info) {
    var config = info.getConfiguration();
    boolean holdsKeys = config.getSubjects().contains(subjectPrefix() + ">");
    if (!holdsKeys
        || config.getMaxMsgsPerSubject() < 1
        || config.getStorageType() != StorageType.File) {
      throw ServiceException.builder(
              ErrorCode.FAILED_PRECONDITION,
              "stream "
                  + stream
                  + " is no durable bucket (expected: subject "
                  + subjectPrefix()
                  + ">, history, file storage)")
          .mayHaveExecuted(false)
          .build();
    }
    return info;
  }
}
