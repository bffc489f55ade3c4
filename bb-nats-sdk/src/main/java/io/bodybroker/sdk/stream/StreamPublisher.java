package io.bodybroker.sdk.stream;

import com.google.protobuf.ByteString;
import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.sdk.internal.ClientErrors;
import io.bodybroker.sdk.internal.JetStreamApi;
import io.bodybroker.sdk.internal.JetStreamApi.NobodyListens;
import io.bodybroker.sdk.internal.JetStreamCodes;
import io.nats.client.JetStreamApiException;
import io.nats.client.Message;
import io.nats.client.api.PublishAck;
import io.nats.client.impl.Headers;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Puts messages into streams and comes back when the stream has acknowledged them.
 *
 * <p>An attempt that is not answered is repeated under the same message id, which the server takes
 * once, for as long as the patience lasts: an election takes seconds. What the server refuses, it
 * refuses at once. Thread-safe.
 */
public final class StreamPublisher {
  private static final String MESSAGE_ID = "Nats-Msg-Id";
  private static final int FIRST_PAUSE_MILLIS = 50;
  private static final int MAX_PAUSE_MILLIS = 1000;

  private final JetStreamApi api;
  private final Streams streams;
  private final Duration patience;
  private final Semaphore inFlight;

  /**
   * @param patience how long one message may take, all attempts included; but never longer than
   *     half the time for which its stream remembers message ids
   * @param maxInFlight how many may be on their way without an answer by {@link #publishAsync}
   */
  public StreamPublisher(Streams streams, Duration patience, int maxInFlight) {
    this.api = streams.api();
    this.streams = streams;
    this.patience = patience;
    this.inFlight = new Semaphore(maxInFlight);
  }

  /**
   * One message for a stream.
   *
   * @param stream the stream that takes the subject
   * @param subject without wildcards
   * @param id names it for good ({@code Nats-Msg-Id})
   * @param headers what else it says
   * @param payload its content
   */
  public record Outgoing(
      StreamSpec stream,
      String subject,
      String id,
      Map<String, String> headers,
      ByteString payload) {}

  /**
   * A message that a stream has.
   *
   * @param sequence its number there
   * @param headers the first value of each
   */
  public record Stored(long sequence, Map<String, String> headers) {}

  /** The streams it puts them into. */
  public Streams streams() {
    return streams;
  }

  /**
   * The last message of a subject.
   *
   * @throws ServiceException {@code UNAVAILABLE} if the stream is away
   */
  public Optional<Stored> last(StreamSpec stream, String subject) {
    streams.require(stream);
    try {
      return api.last(stream.name(), subject)
          .map(found -> new Stored(found.getSeq(), flat(found.getHeaders())));
    } catch (NobodyListens e) {
      throw ClientErrors.notSent("stream " + stream.name() + " is not there now", e);
    } catch (JetStreamApiException e) {
      streams.forget(stream);
      throw JetStreamCodes.toError("stream " + stream.name(), e);
    }
  }

  private static Map<String, String> flat(@Nullable Headers headers) {
    var flat = new LinkedHashMap<String, String>();
    if (headers != null) {
      headers.keySet().forEach(name -> flat.put(name, headers.getFirst(name)));
    }
    return flat;
  }

  /**
   * Returns when the stream has the message.
   *
   * @return its sequence in the stream
   * @throws ServiceException {@code UNAVAILABLE} if it did not answer while the patience lasted
   *     ({@code mayHaveExecuted()} tells whether it may have it); {@code RESOURCE_EXHAUSTED} if it
   *     is full or the message too large; {@code CANCELLED} if interrupted
   */
  public long publish(Outgoing message) {
    return acknowledge(message).sequence();
  }

  /**
   * As {@link #publish}, and says whether the stream knew the id.
   *
   * @throws ServiceException as {@link #publish} does
   */
  public Acknowledged acknowledge(Outgoing message) {
    return publish(message, end(message), null);
  }

  /**
   * What a stream says of a message that it has.
   *
   * @param sequence its number there
   * @param isRepeat whether one with its id was there already, and this one was not taken; an
   *     attempt that was not answered counts too
   */
  public record Acknowledged(long sequence, boolean isRepeat) {}

  /** What is repeated later than the server remembers its id would be taken twice. */
  private long end(Outgoing message) {
    long remembered = message.stream().duplicateWindow().toNanos() / 2;
    return System.nanoTime() + Math.min(patience.toNanos(), remembered);
  }

  /**
   * Sends and comes back; blocks only while too many are on their way.
   *
   * @return completed with its sequence when the stream has the message, on a thread of its own;
   *     fails with what {@link #publish} throws
   */
  public CompletableFuture<Long> publishAsync(Outgoing message) {
    acquire();
    long end = end(message);
    var result = new CompletableFuture<Long>();
    try {
      streams.require(message.stream());
      var unused =
          api.requestAsync(message.subject(), headers(message), message.payload().toByteArray())
              .whenComplete((answer, failure) -> finish(message, end, result, answer, failure));
    } catch (ServiceException e) {
      finish(message, end, result, null, e);
    } catch (RuntimeException e) {
      inFlight.release(); // it was not sent
      throw e;
    }
    return result;
  }

  private void acquire() {
    try {
      inFlight.acquire();
    } catch (InterruptedException e) {
      throw ClientErrors.interrupted("waiting until fewer messages are on their way", false, e);
    }
  }

  /** What can be told at once is; what must be repeated goes on as the blocking form does. */
  private void finish(
      Outgoing message,
      long end,
      CompletableFuture<Long> result,
      @Nullable Message answer,
      @Nullable Throwable failure) {
    Thread.ofVirtual()
        .name("publish-" + message.subject())
        .start(() -> {
          try {
            result.complete(complete(message, end, answer, failure));
          } catch (RuntimeException e) {
            result.completeExceptionally(e);
          } finally {
            inFlight.release();
          }
        });
  }

  private long complete(
      Outgoing message, long end, @Nullable Message answer, @Nullable Throwable failure) {
    ServiceException first;
    try {
      if (answer != null) {
        return acknowledged(message, answer).sequence();
      }
      first = toError(message, failure);
    } catch (ServiceException e) {
      first = e;
    }
    if (first.code() != ErrorCode.UNAVAILABLE) {
      throw first;
    }
    pause(1);
    return publish(message, end, first).sequence();
  }

  private Acknowledged publish(Outgoing message, long end, @Nullable ServiceException earlier) {
    boolean mayHaveExecuted = earlier != null && earlier.mayHaveExecuted();
    for (int attempt = 1; ; attempt++) {
      try {
        streams.require(message.stream());
        return acknowledged(
            message,
            api.request(message.subject(), headers(message), message.payload().toByteArray()));
      } catch (NobodyListens | ServiceException e) {
        ServiceException error = toError(message, e);
        mayHaveExecuted |= error.mayHaveExecuted();
        if (error.code() != ErrorCode.UNAVAILABLE || System.nanoTime() - end > 0) {
          throw error.toBuilder().mayHaveExecuted(mayHaveExecuted).cause(error).build();
        }
      }
      pause(attempt);
    }
  }

  private ServiceException toError(Outgoing message, @Nullable Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    if (cause instanceof ServiceException error) {
      return error;
    }
    // It was deleted, has no leader now, or JetStream is off: looking at it tells which.
    streams.forget(message.stream());
    return ClientErrors.notSent(
        "stream %s does not take \"%s\" now".formatted(message.stream().name(), message.subject()),
        cause);
  }

  private static Acknowledged acknowledged(Outgoing message, Message answer) {
    try {
      var ack = new PublishAck(answer);
      if (ack.getSeqno() == 0) {
        // A leader knows the id, but not yet, or never, a message of it.
        throw ClientErrors.unanswered(
            "stream %s does not say whether it has \"%s\""
                .formatted(message.stream().name(), message.id()),
            null);
      }
      return new Acknowledged(ack.getSeqno(), ack.isDuplicate());
    } catch (JetStreamApiException e) {
      throw JetStreamCodes.toError("stream " + message.stream().name(), e);
    } catch (IOException e) {
      throw ClientErrors.unanswered("stream " + message.stream().name() + ": " + e.getMessage(), e);
    }
  }

  private static Headers headers(Outgoing message) {
    var headers = new Headers().put(MESSAGE_ID, message.id());
    message.headers().forEach((name, value) -> headers.put(name, value));
    return headers;
  }

  private static void pause(int attempt) {
    int cap = Math.min(FIRST_PAUSE_MILLIS << Math.min(attempt, 5), MAX_PAUSE_MILLIS);
    try {
      Thread.sleep(ThreadLocalRandom.current().nextInt(cap / 2, cap + 1));
    } catch (InterruptedException e) {
      throw ClientErrors.interrupted("waiting to publish again", true, e);
    }
  }
}
