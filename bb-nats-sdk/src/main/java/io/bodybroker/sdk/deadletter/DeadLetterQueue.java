package io.bodybroker.sdk.deadletter;

import io.bodybroker.sdk.connection.SupervisedConnection;
import io.bodybroker.sdk.deadletter.DeadLetter.Origin;
import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.sdk.internal.ClientErrors;
import io.bodybroker.sdk.internal.JetStreamApi;
import io.bodybroker.sdk.internal.JetStreamApi.NobodyListens;
import io.bodybroker.sdk.internal.JetStreamCodes;
import io.bodybroker.sdk.stream.StreamPublisher;
import io.bodybroker.sdk.stream.StreamSpec;
import io.nats.client.JetStreamApiException;
import io.nats.client.Message;
import io.nats.client.api.MessageInfo;
import io.nats.client.api.StreamState;
import io.nats.client.impl.Headers;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The dead-letter queue as an operator works with it: look, send back, delete.
 *
 * <p>Nothing here keeps a state of its own, so whatever is interrupted is done again from the
 * beginning: a letter leaves the queue only after it has arrived. An event that had arrived does
 * not arrive twice in a stream that still has it; a request may be sent once more, under the same
 * idempotency key. Thread-safe.
 */
public final class DeadLetterQueue {
  private static final String QUEUE = DeadLetterStreams.QUEUE.name();

  /** An event's own name, the subject it was published on, and how often it has come back. */
  private static final String EVENT_ID = "Bb-Event-Id";

  private static final String EVENT_SUBJECT = "Bb-Event-Subject";
  private static final String REDRIVES = "Bb-Redrives";
  private static final String MESSAGE_ID = "Nats-Msg-Id";
  private static final String EXPECTED_LAST = "Nats-Expected-Last-Subject-Sequence";
  private static final String IDEMPOTENCY_KEY = "Bb-Idempotency-Key";
  private static final String TIMEOUT_MS = "Bb-Timeout-Ms";

  private static final String SERVICE_ERROR = "Nats-Service-Error";

  /** What a stream begins with has it. */
  private static final String STREAM_STATUS = "Bb-Stream-Status";

  private final JetStreamApi api;
  private final StreamPublisher publisher;
  private final DeadLetters letters;

  /**
   * @param storing the connection of the {@code STORE} role; asked for when it is needed
   * @param timeout of one request to the server
   */
  public DeadLetterQueue(
      Supplier<SupervisedConnection> storing, StreamPublisher publisher, Duration timeout) {
    this.api = new JetStreamApi(() -> storing.get().require(), timeout);
    this.publisher = publisher;
    this.letters = new DeadLetters(publisher);
  }

  /**
   * How full it is.
   *
   * @param now for the age
   * @throws ServiceException {@code UNAVAILABLE} if JetStream is away
   */
  public QueueDepth depth(Instant now) {
    var state = state();
    ZonedDateTime oldest = state.getFirstTime();
    var age =
        state.getMsgCount() == 0 || oldest == null
            ? Duration.ZERO
            : Duration.between(oldest.toInstant(), now);
    return new QueueDepth(state.getMsgCount(), state.getByteCount(), age);
  }

  private StreamState state() {
    publisher.streams().require(DeadLetterStreams.QUEUE);
    try {
      return api.management(api.connection()).getStreamInfo(QUEUE).getStreamState();
    } catch (IOException | JetStreamApiException | IllegalStateException e) {
      throw JetStreamApi.failed("stream " + QUEUE, e);
    }
  }

  /**
   * Tells every letter the filter means, the oldest first; none that comes meanwhile.
   *
   * @throws ServiceException {@code UNAVAILABLE} if JetStream is away
   */
  public void forEach(DeadLetterFilter filter, Consumer<QueuedLetter> reader) {
    long last = filter.lastSequence(state().getLastSequence());
    long sequence = filter.firstSequence();
    while (sequence <= last) {
      Optional<MessageInfo> found = next(sequence, filter.subject());
      if (found.isEmpty() || found.get().getSeq() > last) {
        return;
      }
      read(found.get()).filter(queued -> filter.matches(queued.letter())).ifPresent(reader);
      sequence = found.get().getSeq() + 1;
    }
  }

  private Optional<MessageInfo> next(long sequence, String subject) {
    try {
      return api.next(QUEUE, sequence, subject);
    } catch (NobodyListens e) {
      throw ClientErrors.notSent("stream " + QUEUE + " is not there now", e);
    } catch (JetStreamApiException e) {
      throw JetStreamCodes.toError("stream " + QUEUE, e);
    }
  }

  private static Optional<QueuedLetter> read(MessageInfo message) {
    byte[] data = message.getData() == null ? new byte[0] : message.getData();
    return DeadLetterHeaders.parse(flat(message.getHeaders()), data)
        .map(letter -> new QueuedLetter(message.getSeq(), letter));
  }

  private static Map<String, String> flat(@Nullable Headers headers) {
    var flat = new LinkedHashMap<String, String>();
    if (headers != null) {
      headers.keySet().forEach(name -> flat.put(name, headers.getFirst(name)));
    }
    return flat;
  }

  /**
   * Sends letters back: an event to the consumer that gave it up and to no other, a request to its
   * endpoint. May be interrupted, and begun again, at any time.
   *
   * @param progress hears what became of each
   * @throws ServiceException {@code UNAVAILABLE} if JetStream is away; {@code CANCELLED} if
   *     interrupted
   */
  public void redrive(
      DeadLetterFilter filter, Redrive how, BiConsumer<QueuedLetter, Redrive.Outcome> progress) {
    var pace = new Pace(how.perSecond());
    forEach(
        filter,
        queued -> {
          if (how.isDryRun()) {
            progress.accept(queued, wouldBe(queued));
          } else {
            pace.await();
            progress.accept(queued, redrive(queued));
          }
        });
  }

  private Redrive.Outcome wouldBe(QueuedLetter queued) {
    return queued.letter().origin() instanceof Origin.Event event && stream(event).isEmpty()
        ? new Redrive.Outcome.Kept("no stream " + event.stream() + " is declared")
        : new Redrive.Outcome.Redriven();
  }

  private Redrive.Outcome redrive(QueuedLetter queued) {
    return switch (queued.letter().origin()) {
      case Origin.Event event -> redrive(queued, event);
      case Origin.Request request -> redrive(queued, request);
    };
  }

  private Optional<StreamSpec> stream(Origin.Event event) {
    return publisher.streams().catalog().streams().stream()
        .filter(stream -> stream.name().equals(event.stream()))
        .findFirst();
  }

  /**
   * Each letter goes back on a subject of its own, which must be empty: so the stream itself
   * refuses the one that an interrupted redrive had sent. It is deleted only if that is what is
   * there.
   */
  private Redrive.Outcome redrive(QueuedLetter queued, Origin.Event event) {
    Optional<StreamSpec> stream = stream(event);
    if (stream.isEmpty()) {
      return new Redrive.Outcome.Kept("no stream " + event.stream() + " is declared");
    }
    String subject = stream.get().redriveSubject(event.consumer(), name(queued));
    var headers = new LinkedHashMap<String, String>();
    queued
        .letter()
        .headers()
        .forEach((name, value) -> {
          if (!name.equals(MESSAGE_ID)) {
            headers.put(name, value);
          }
        });
    headers.put(EVENT_ID, eventId(queued.letter(), event));
    headers.put(EVENT_SUBJECT, event.subject());
    headers.put(REDRIVES, Integer.toString(queued.letter().redrives() + 1));
    headers.put(EXPECTED_LAST, "0");
    boolean isNew = true;
    try {
      publisher.publish(
          new StreamPublisher.Outgoing(
              stream.get(),
              subject,
              "redrive:" + name(queued),
              headers,
              queued.letter().payload()));
    } catch (ServiceException e) {
      if (e.code() != ErrorCode.ABORTED) {
        throw e;
      }
      if (!isThere(stream.get(), subject, headers)) {
        return new Redrive.Outcome.Kept("another message than this letter is on " + subject);
      }
      isNew = false;
    }
    delete(queued.sequence());
    return isNew ? new Redrive.Outcome.Redriven() : new Redrive.Outcome.WasRedriven();
  }

  /** The number alone would come again in a queue that was restored, or made anew. */
  private static String name(QueuedLetter queued) {
    return queued.sequence() + "-" + queued.letter().at().toEpochMilli();
  }

  private boolean isThere(StreamSpec stream, String subject, Map<String, String> headers) {
    return publisher
        .last(stream, subject)
        .filter(found ->
            Stream.of(EVENT_ID, REDRIVES)
                .allMatch(name -> Objects.equals(found.headers().get(name), headers.get(name))))
        .isPresent();
  }

  private static String eventId(DeadLetter letter, Origin.Event event) {
    String given = letter.headers().get(EVENT_ID);
    if (given == null) {
      given = letter.headers().get(MESSAGE_ID);
    }
    return given == null ? event.stream() + ":" + event.sequence() : given;
  }

  /**
   * It must be answered without an error, or it stays: as a letter that says how often it has been
   * tried. The server that refuses it makes no letter of its own of what comes back.
   */
  private Redrive.Outcome redrive(QueuedLetter queued, Origin.Request request) {
    DeadLetter tried = tried(queued);
    Optional<String> problem;
    try {
      problem = problem(api.request(request.subject(), headers(tried), payload(tried)));
    } catch (NobodyListens e) {
      return new Redrive.Outcome.Kept("nobody serves " + request.subject());
    } catch (ServiceException e) {
      if (e.code() == ErrorCode.RESOURCE_EXHAUSTED) {
        return new Redrive.Outcome.Kept(e.message()); // too large, with what a letter says
      }
      if (!e.mayHaveExecuted() || e.code() == ErrorCode.CANCELLED) {
        throw e;
      }
      problem = Optional.of("no answer from " + request.subject());
    }
    if (problem.isPresent()) {
      keep(tried, queued);
      return new Redrive.Outcome.Kept(problem.get());
    }
    delete(queued.sequence());
    return new Redrive.Outcome.Redriven();
  }

  /** A full queue has no room for both, so there it stays as it was. */
  private void keep(DeadLetter tried, QueuedLetter queued) {
    try {
      letters.put(tried);
    } catch (ServiceException e) {
      if (e.code() == ErrorCode.RESOURCE_EXHAUSTED) {
        return;
      }
      throw e;
    }
    delete(queued.sequence());
  }

  /** Under one key for good, by which a method that keeps them tells a repeat. */
  private static DeadLetter tried(QueuedLetter queued) {
    DeadLetter letter = queued.letter();
    var headers = new LinkedHashMap<>(letter.headers());
    headers.putIfAbsent(IDEMPOTENCY_KEY, "redrive:" + name(queued));
    headers.put(REDRIVES, Integer.toString(letter.redrives() + 1));
    return new DeadLetter(
        letter.origin(),
        letter.service(),
        letter.instance(),
        letter.attempts() + 1,
        letter.code(),
        letter.message(),
        letter.at(),
        letter.redrives() + 1,
        headers,
        letter.payload());
  }

  private Headers headers(DeadLetter letter) {
    var headers = new Headers();
    letter.headers().forEach((name, value) -> headers.put(name, value));
    headers.put(TIMEOUT_MS, Long.toString(api.timeout().toMillis()));
    return headers;
  }

  private static byte[] payload(DeadLetter letter) {
    return letter.payload().toByteArray();
  }

  private static Optional<String> problem(Message answer) {
    Headers headers = answer.getHeaders();
    if (headers == null) {
      return Optional.empty();
    }
    String error = headers.getFirst(SERVICE_ERROR);
    if (error == null && headers.getFirst(STREAM_STATUS) != null) {
      return Optional.of("it asks for a stream, which nobody would read");
    }
    return Optional.ofNullable(error);
  }

  /**
   * Deletes letters for good.
   *
   * @param isDryRun whether it is only told which
   * @param progress hears of each
   */
  public void purge(DeadLetterFilter filter, boolean isDryRun, Consumer<QueuedLetter> progress) {
    forEach(
        filter,
        queued -> {
          if (!isDryRun) {
            delete(queued.sequence());
          }
          progress.accept(queued);
        });
  }

  private void delete(long sequence) {
    try {
      api.management(api.connection()).deleteMessage(QUEUE, sequence, false);
    } catch (JetStreamApiException e) {
      if (!JetStreamCodes.isNoMessage(e.getApiErrorCode())
          && !JetStreamCodes.isMessageMissing(e.getApiErrorCode())) {
        throw JetStreamCodes.toError("stream " + QUEUE, e);
      }
    } catch (IOException | IllegalStateException e) {
      throw JetStreamApi.failed("stream " + QUEUE, e);
    }
  }
}
