package io.bodybroker.sdk.event;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import io.bodybroker.sdk.deadletter.DeadLetter;
import io.bodybroker.sdk.deadletter.DeadLetterStreams;
import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.sdk.internal.ClientErrors;
import io.bodybroker.sdk.internal.JetStreamApi;
import io.bodybroker.sdk.internal.JetStreamCodes;
import io.bodybroker.sdk.stream.Retention;
import io.bodybroker.sdk.stream.StreamSpec;
import io.bodybroker.sdk.stream.Streams;
import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamSubscription;
import io.nats.client.PullSubscribeOptions;
import io.nats.client.api.AckPolicy;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.MessageInfo;
import io.nats.client.support.JsonParseException;
import io.nats.client.support.JsonParser;
import io.nats.client.support.JsonValue;
import io.nats.client.support.JsonValueUtils;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Buries events that ended the process of each handler that tried them: nobody was left to give
 * them up, and the server only tells so, in an advisory, which has the event's number but not the
 * event.
 *
 * <p>Advisories are sent once, to whoever listens. So a stream keeps them until a dead letter has
 * been made of each. For one thread.
 *
 * @param <T> the event
 */
final class ExhaustedDeliveries<T extends Message> {
  /** Why such an event is given up. */
  static final String UNANSWERED =
      "no attempt was answered: the process ended, or was cut off, each time";

  private static final Logger LOG = System.getLogger(ExhaustedDeliveries.class.getName());
  private static final String SUBJECT = DeadLetterStreams.MAX_DELIVERIES;
  private static final int BATCH = 100;
  private static final Duration WAIT = Duration.ofMillis(500);
  private static final Duration LATER = Duration.ofSeconds(2);
  private static final Duration LASTS = Duration.ofMinutes(1);

  private final JetStreamApi api;
  private final Streams streams;
  private final StreamSpec stream;
  private final String consumer;
  private final Duration forgottenAfter;
  private final Processing<T> processing;
  private @Nullable JetStreamSubscription subscription;
  private @Nullable Connection subscribedOn;
  private long subscribedNanos;

  ExhaustedDeliveries(
      JetStreamApi api, Streams streams, ServerConsumer consumer, Processing<T> processing) {
    this.api = api;
    this.streams = streams;
    this.stream = consumer.stream();
    this.consumer = consumer.name();
    this.forgottenAfter = consumer.forgottenAfter();
    this.processing = processing;
  }

  /** Must be there before the first event can be exhausted. */
  void require() {
    streams.require(DeadLetterStreams.ADVISORIES);
  }

  /** Buries those there are now. */
  void bury() throws InterruptedException {
    try {
      for (io.nats.client.Message advisory : subscription().fetch(BATCH, WAIT)) {
        buryOrKeep(advisory);
      }
    } catch (IOException | JetStreamApiException | IllegalStateException e) {
      streams.forget(DeadLetterStreams.ADVISORIES);
      close();
      throw JetStreamApi.failed("stream " + DeadLetterStreams.ADVISORIES.name(), e);
    }
  }

  /** The event stays where it is, and its advisory too, until the queue has its letter. */
  private void buryOrKeep(io.nats.client.Message advisory) throws JetStreamApiException {
    try {
      bury(advisory);
      advisory.ack();
    } catch (ServiceException e) {
      advisory.nakWithDelay(LATER);
      LOG.log(Level.DEBUG, "an event without an answer is buried later", e);
    } catch (RuntimeException e) {
      advisory.nakWithDelay(LATER);
      LOG.log(Level.ERROR, "an event without an answer cannot be buried now", e);
    }
  }

  /** Kept, since making it asks the server; made anew when it has become old, or useless. */
  private JetStreamSubscription subscription() throws IOException, JetStreamApiException {
    var connection = api.connection();
    JetStreamSubscription present = subscription;
    boolean isGood =
        present != null
            && present.isActive()
            && connection.equals(subscribedOn)
            && System.nanoTime() - subscribedNanos < LASTS.toNanos();
    if (present != null && isGood) {
      return present;
    }
    close();
    var configuration =
        ConsumerConfiguration.builder()
            .ackPolicy(AckPolicy.Explicit)
            .ackWait(Duration.ofSeconds(30));
    if (forgottenAfter.isPositive()) {
      configuration.inactiveThreshold(forgottenAfter);
    }
    var options =
        PullSubscribeOptions.builder().stream(DeadLetterStreams.ADVISORIES.name())
            .durable(stream.name() + "-" + consumer)
            .configuration(configuration.build())
            .build();
    var fresh = connection.jetStream().subscribe(SUBJECT + stream.name() + "." + consumer, options);
    subscription = fresh;
    subscribedOn = connection;
    subscribedNanos = System.nanoTime();
    return fresh;
  }

  void close() {
    JetStreamSubscription present = subscription;
    subscription = null;
    if (present != null && present.isActive()) {
      present.unsubscribe();
    }
  }

  private void bury(io.nats.client.Message advisory) throws JetStreamApiException {
    JsonValue json = parse(advisory);
    long sequence = JsonValueUtils.readLong(json, "stream_seq", 0);
    int deliveries = JsonValueUtils.readInteger(json, "deliveries", 0);
    Optional<MessageInfo> event = find(sequence);
    if (event.isEmpty()) {
      LOG.log(
          Level.ERROR,
          "event {0} {1} was delivered {2} times to {3} without an answer, and is gone",
          stream.name(),
          sequence,
          deliveries,
          processing.spec().name());
      return;
    }
    processing.deadLetters().put(letter(event.get(), deliveries));
    if (stream.retention() == Retention.WORK_QUEUE) {
      removeFromWork(sequence); // it would count as work that is left, for good
    }
    LOG.log(
        Level.WARNING,
        "event {0} {1} was delivered {2} times to {3} without an answer: now a dead letter",
        stream.name(),
        sequence,
        deliveries,
        processing.spec().name());
  }

  private void removeFromWork(long sequence) throws JetStreamApiException {
    try {
      api.management(api.connection()).deleteMessage(stream.name(), sequence, false);
    } catch (JetStreamApiException e) {
      if (!JetStreamCodes.isNoMessage(e.getApiErrorCode())
          && !JetStreamCodes.isMessageMissing(e.getApiErrorCode())) {
        throw e;
      }
    } catch (IOException e) {
      throw ClientErrors.unanswered("stream " + stream.name() + ": " + e.getMessage(), e);
    }
  }

  private static JsonValue parse(io.nats.client.Message advisory) {
    try {
      return JsonParser.parse(advisory.getData());
    } catch (JsonParseException e) {
      LOG.log(Level.ERROR, "an advisory of the server that cannot be read", e);
      return JsonValue.EMPTY_MAP;
    }
  }

  private Optional<MessageInfo> find(long sequence) throws JetStreamApiException {
    try {
      return Optional.of(api.management(api.connection()).getMessage(stream.name(), sequence));
    } catch (JetStreamApiException e) {
      if (JetStreamCodes.isNoMessage(e.getApiErrorCode())) {
        return Optional.empty();
      }
      throw e;
    } catch (IOException e) {
      throw ClientErrors.unanswered("stream " + stream.name() + ": " + e.getMessage(), e);
    }
  }

  private DeadLetter letter(MessageInfo event, int deliveries) {
    byte[] data = event.getData() == null ? new byte[0] : event.getData();
    var headers = EventHeaders.flat(event.getHeaders());
    return new DeadLetter(
        new DeadLetter.Origin.Event(
            EventHeaders.subject(headers, String.valueOf(event.getSubject())),
            stream.name(),
            event.getSeq(),
            processing.spec().name()),
        processing.service(),
        processing.instance(),
        deliveries,
        ErrorCode.UNKNOWN,
        UNANSWERED,
        processing.time().instant(),
        EventHeaders.redrives(headers),
        headers,
        ByteString.copyFrom(data));
  }
}
