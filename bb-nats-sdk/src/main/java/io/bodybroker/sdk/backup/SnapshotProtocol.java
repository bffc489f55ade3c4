package io.bodybroker.sdk.backup;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.sdk.internal.ClientErrors;
import io.bodybroker.sdk.internal.JetStreamApi;
import io.bodybroker.sdk.internal.JetStreamApi.NobodyListens;
import io.nats.client.Connection;
import io.nats.client.Message;
import io.nats.client.Subscription;
import io.nats.client.support.JsonValue;
import io.nats.client.support.JsonValueUtils;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.function.LongConsumer;

/**
 * JetStream's own snapshots of a stream with its consumers, of which jnats knows nothing.
 *
 * <p>To save, the server is told an inbox and sends chunks there, each with a reply subject that
 * ends in the chunk's number and waits for an empty message: so it never is more than a window
 * ahead. An empty chunk is the end, and has a status if it is not the good one. To restore, the
 * server names a subject and acknowledges each chunk that is sent there; it answers an empty one
 * when the stream is there.
 *
 * <p>The content is the server's business: a compressed archive with the stream's blocks, sequences
 * and times included, and the state of its consumers.
 */
final class SnapshotProtocol {
  /** Far more than a cluster takes to tell who listens where. */
  private static final Duration INTEREST = Duration.ofSeconds(5);

  private static final Duration PAUSE = Duration.ofMillis(50);

  private static final String SAVE = "$JS.API.STREAM.SNAPSHOT.";
  private static final String RESTORE = "$JS.API.STREAM.RESTORE.";
  private static final int CHUNK_BYTES = 128 * 1024;
  private static final int GOOD_END = 204;

  /** To copy a snapshot into place and read it again, which grows with the stream. */
  private static final Duration LAST_ANSWER = Duration.ofMinutes(10);

  private final JetStreamApi api;
  private final JetStreamApi patient;

  SnapshotProtocol(JetStreamApi api) {
    this.api = api;
    this.patient = new JetStreamApi(api::connection, LAST_ANSWER);
  }

  /**
   * Writes a stream's snapshot.
   *
   * @param progress hears how many bytes were written
   * @return what the server said before it sent anything: {@code config} and {@code state}
   */
  JsonValue save(String stream, OutputStream to, LongConsumer progress) throws IOException {
    Connection connection = api.connection();
    String inbox = connection.createInbox();
    Subscription chunks = connection.subscribe(inbox);
    try {
      JsonValue answer =
          ApiAnswer.of(api, "snapshot of " + stream, SAVE + stream, saveRequest(connection, inbox));
      receive(connection, stream, chunks, to, progress);
      return answer;
    } finally {
      unsubscribe(chunks);
    }
  }

  private static byte[] saveRequest(Connection connection, String inbox) {
    return JsonValueUtils.mapBuilder()
        .put("deliver_subject", inbox)
        .put("no_consumers", false)
        .put("chunk_size", chunkBytes(connection))
        .put("jsck", false)
        .toJsonValue()
        .toJson()
        .getBytes(UTF_8);
  }

  private static int chunkBytes(Connection connection) {
    return (int) Math.min(CHUNK_BYTES, connection.getMaxPayload());
  }

  private void receive(
      Connection connection,
      String stream,
      Subscription chunks,
      OutputStream to,
      LongConsumer progress)
      throws IOException {
    long bytes = 0;
    for (long number = 1; ; number++) {
      Message chunk = next(stream, chunks);
      if (chunk.getData().length == 0) {
        requireGoodEnd(stream, chunk);
        return;
      }
      requireNumber(stream, number, chunk);
      to.write(chunk.getData());
      bytes += chunk.getData().length;
      progress.accept(bytes);
      if (chunk.getReplyTo() != null) {
        connection.publish(chunk.getReplyTo(), new byte[0]);
      }
    }
  }

  private Message next(String stream, Subscription chunks) {
    try {
      Message chunk = chunks.nextMessage(api.timeout());
      if (chunk == null) {
        throw ClientErrors.unanswered(
            "snapshot of %s: nothing came for %d ms".formatted(stream, api.timeout().toMillis()),
            null);
      }
      return chunk;
    } catch (InterruptedException e) {
      throw ClientErrors.interrupted("snapshot of " + stream, false, e);
    } catch (IllegalStateException e) {
      throw ClientErrors.unanswered("snapshot of " + stream + ": the connection closed", e);
    }
  }

  private static void requireGoodEnd(String stream, Message end) {
    var status = end.getStatus();
    if (status != null && status.getCode() != GOOD_END) {
      throw ClientErrors.unanswered(
          "snapshot of %s: the server ended it with %s".formatted(stream, status), null);
    }
  }

  /** The last chunk has no reply subject, and so no number. */
  private static void requireNumber(String stream, long expected, Message chunk) {
    String reply = chunk.getReplyTo();
    if (reply != null && !reply.endsWith("." + expected)) {
      throw ClientErrors.unanswered(
          "snapshot of %s: \"%s\" (expected: chunk %d)".formatted(stream, reply, expected), null);
    }
  }

  private static void unsubscribe(Subscription chunks) {
    if (chunks.isActive()) {
      chunks.unsubscribe();
    }
  }

  /**
   * Makes a stream of a snapshot.
   *
   * @param configuration what it shall be, of the same name
   * @param state as it was when the snapshot began
   * @param progress hears how many bytes the server has
   */
  void restore(
      String stream,
      JsonValue configuration,
      JsonValue state,
      InputStream from,
      LongConsumer progress)
      throws IOException {
    String what = "restore of " + stream;
    byte[] question =
        JsonValueUtils.mapBuilder()
            .put("config", configuration)
            .put("state", state)
            .toJsonValue()
            .toJson()
            .getBytes(UTF_8);
    JsonValue answer = ApiAnswer.of(api, what, RESTORE + stream, question);
    String subject = JsonValueUtils.readString(answer, "deliver_subject");
    if (subject == null) {
      throw ClientErrors.unanswered(what + ": the server names no subject for it", null);
    }
    send(what, subject, from, progress);
    ApiAnswer.of(patient, what, subject, new byte[0]);
  }

  private void send(String what, String subject, InputStream from, LongConsumer progress)
      throws IOException {
    int chunkBytes = chunkBytes(api.connection());
    long bytes = 0;
    byte[] chunk = from.readNBytes(chunkBytes);
    while (chunk.length > 0) {
      if (bytes == 0) {
        first(what, subject, chunk);
      } else {
        acknowledged(what, subject, chunk);
      }
      bytes += chunk.length;
      progress.accept(bytes);
      chunk = from.readNBytes(chunkBytes);
    }
  }

  /**
   * In a cluster it may be another server that waits for it, and ours may hear of that later than
   * we do. What nobody listened to was not taken, and may be sent again.
   */
  private void first(String what, String subject, byte[] chunk) {
    long end = System.nanoTime() + INTEREST.toNanos();
    while (true) {
      try {
        acknowledged(what, subject, chunk);
        return;
      } catch (ServiceException e) {
        if (!(e.getCause() instanceof NobodyListens) || System.nanoTime() - end >= 0) {
          throw e;
        }
        pause(what);
      }
    }
  }

  private static void pause(String what) {
    try {
      Thread.sleep(PAUSE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw ServiceException.of(ErrorCode.CANCELLED, what + ": interrupted");
    }
  }

  private void acknowledged(String what, String subject, byte[] chunk) {
    try {
      Message answer = api.request(subject, null, chunk);
      if (answer.getData().length > 0) {
        throw ServiceException.builder(
                ErrorCode.UNAVAILABLE, what + ": " + new String(answer.getData(), UTF_8))
            .mayHaveExecuted(false)
            .build();
      }
    } catch (NobodyListens e) {
      throw ClientErrors.unanswered(what + ": the server waits for it no longer", e);
    }
  }
}
