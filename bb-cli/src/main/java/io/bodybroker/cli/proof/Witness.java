package io.bodybroker.cli.proof;

import io.bodybroker.proof.v1.Tally;
import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.Message;
import io.nats.client.Nats;
import io.nats.client.Options;
import io.nats.client.PushSubscribeOptions;
import io.nats.client.api.ClusterInfo;
import io.nats.client.api.ConsumerInfo;
import io.nats.client.api.Replica;
import io.nats.client.api.StreamInfo;
import io.nats.client.impl.Headers;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Whoever counts: reads streams as they are on the server, through plain jnats, and so believes
 * nothing that the SDK says. For one thread.
 */
final class Witness implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Duration PAUSE = Duration.ofMillis(100);
  private static final int NO_MESSAGE = 10037;
  private static final int STREAM_NOT_FOUND = 10059;
  private static final int CONSUMER_NOT_FOUND = 10014;

  private final Connection connection;
  private final JetStreamManagement management;

  private Witness(Connection connection) throws IOException {
    this.connection = connection;
    this.management = connection.jetStreamManagement();
  }

  static Witness at(String urls) {
    try {
      var options =
          Options.builder()
              .servers(urls.split(","))
              .maxReconnects(-1)
              .reconnectWait(Duration.ofMillis(100))
              .connectionTimeout(PATIENCE)
              .build();
      return new Witness(Nats.connect(options));
    } catch (IOException e) {
      throw new IllegalStateException("cannot look at " + urls + ": " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** The last message under a subject, which may have wildcards; empty if there is none. */
  OptionalLong last(String stream, String subject) {
    return ask(stream, () -> OptionalLong.of(management.getLastMessage(stream, subject).getSeq()))
        .orElse(OptionalLong.empty());
  }

  private interface Question<T> {
    T answer() throws IOException, JetStreamApiException;
  }

  /** Asks again while there is no leader; empty if what is asked for is not there. */
  private static <T> Optional<T> ask(String stream, Question<T> question) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      try {
        return Optional.of(question.answer());
      } catch (JetStreamApiException e) {
        if (e.getApiErrorCode() == NO_MESSAGE || e.getApiErrorCode() == STREAM_NOT_FOUND) {
          return Optional.empty();
        }
        requireTime(stream, end, e);
      } catch (IOException e) {
        requireTime(stream, end, e);
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }

  private static void requireTime(String stream, long end, Exception cause) {
    if (System.nanoTime() - end > 0) {
      throw failed(stream, cause);
    }
  }

  /**
   * Reads each message under a subject that is there now, in order.
   *
   * @param after those with a higher sequence only
   * @return the last that was read, or {@code after}
   */
  long read(String stream, String subject, long after, Consumer<Message> reader) {
    long last = last(stream, subject).orElse(0);
    if (last <= after) {
      return after;
    }
    try {
      var options =
          PushSubscribeOptions.builder().stream(stream)
              .ordered(true)
              .configuration(
                  io.nats.client.api.ConsumerConfiguration.builder()
                      .deliverPolicy(io.nats.client.api.DeliverPolicy.ByStartSequence)
                      .startSequence(after + 1)
                      .build())
              .build();
      var subscription = connection.jetStream().subscribe(subject, options);
      long read = after;
      while (read < last) {
        Message message = subscription.nextMessage(PATIENCE);
        if (message == null) {
          throw new IllegalStateException(
              "stream %s is silent after %d (expected: up to %d)".formatted(stream, read, last));
        }
        reader.accept(message);
        read = message.metaData().streamSequence();
      }
      subscription.unsubscribe();
      return read;
    } catch (IOException | JetStreamApiException e) {
      throw failed(stream, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** How many messages a stream holds; 0 if there is no such stream. */
  long count(String stream) {
    return ask(stream, () -> management.getStreamInfo(stream).getStreamState().getMsgCount())
        .orElse(0L);
  }

  /** A header's first value; empty if there is none. */
  static String header(Message message, String name) {
    @Nullable Headers headers = message.getHeaders();
    String value = headers == null ? null : headers.getFirst(name);
    return value == null ? "" : value;
  }

  /** Every number that was counted, as often as it was. */
  List<Long> counted() {
    var newest = new java.util.HashMap<String, byte[]>();
    read(
        "KV_" + Counting.STORE,
        "$KV." + Counting.STORE + ".>",
        0,
        message -> newest.put(message.getSubject(), message.getData()));
    var numbers = new ArrayList<Long>();
    for (byte[] document : newest.values()) {
      try {
        numbers.addAll(Tally.parseFrom(document).getNumbersList());
      } catch (com.google.protobuf.InvalidProtocolBufferException e) {
        throw new IllegalStateException("a tally cannot be read", e);
      }
    }
    return numbers;
  }

  /** Whether a consumer has nothing to deliver, and nothing delivered without an answer. */
  boolean isIdle(String stream, String consumer) {
    try {
      ConsumerInfo info = management.getConsumerInfo(stream, consumer);
      return info.getNumPending() == 0 && info.getNumAckPending() == 0;
    } catch (JetStreamApiException e) {
      if (e.getApiErrorCode() == CONSUMER_NOT_FOUND || e.getApiErrorCode() == STREAM_NOT_FOUND) {
        return false;
      }
      throw failed(stream, e);
    } catch (IOException e) {
      return false; // no leader now
    }
  }

  /** Whether each stream has a leader, and followers that have all it has. */
  boolean isReplicated() {
    try {
      for (StreamInfo stream : management.getStreams()) {
        if (!isReplicated(stream.getClusterInfo())) {
          return false;
        }
      }
      return true;
    } catch (IOException | JetStreamApiException e) {
      return false; // no leader now
    }
  }

  private static boolean isReplicated(@Nullable ClusterInfo cluster) {
    if (cluster == null) {
      return true;
    }
    List<Replica> replicas = cluster.getReplicas();
    return cluster.getLeader() != null
        && replicas != null
        && replicas.stream().allMatch(replica -> replica.isCurrent() && !replica.isOffline());
  }

  private static IllegalStateException failed(String stream, Exception cause) {
    return new IllegalStateException("cannot look at " + stream + ": " + cause.getMessage(), cause);
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
