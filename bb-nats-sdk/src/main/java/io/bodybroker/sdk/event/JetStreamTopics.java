package io.bodybroker.sdk.event;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import io.bodybroker.sdk.internal.ClientErrors;
import io.bodybroker.sdk.internal.JetStreamApi;
import io.bodybroker.sdk.internal.JetStreamApi.NobodyListens;
import io.bodybroker.sdk.internal.JetStreamCodes;
import io.bodybroker.sdk.internal.StreamReader;
import io.bodybroker.sdk.internal.StreamReader.Pace;
import io.bodybroker.sdk.stream.StreamSpec;
import io.bodybroker.sdk.stream.Streams;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.DeliverPolicy;
import io.nats.client.api.MessageInfo;
import io.nats.client.api.StreamState;
import java.io.IOException;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/** {@link TopicEvents} in the stream that is declared for them. */
final class JetStreamTopics<T extends Message> implements TopicEvents<T> {
  private static final Duration HEARTBEAT = Duration.ofSeconds(1);

  private final JetStreamApi api;
  private final Streams streams;
  private final StreamSpec stream;
  private final TopicSubjects subjects;
  private final Parser<T> parser;
  private final Publishing<T> publishing;
  private final Beginning<T> beginning;

  /** Puts an event into the stream. */
  @FunctionalInterface
  interface Publishing<T> {
    Published publish(T event, String subject, String id);
  }

  /** Has a consumer begin. */
  @FunctionalInterface
  interface Beginning<T extends Message> {
    Consumption begin(
        ConsumerSpec<T> spec,
        EventHandler<T> handler,
        Function<StreamSpec, List<ConsumerConfigurations>> configurations);
  }

  @SuppressWarnings("unchecked") // a message's parser makes messages of its own type
  JetStreamTopics(
      JetStreamApi api,
      Streams streams,
      StreamSpec stream,
      TopicSubjects subjects,
      T event,
      Publishing<T> publishing,
      Beginning<T> beginning) {
    this.api = api;
    this.streams = streams;
    this.stream = stream;
    this.subjects = subjects;
    this.parser = (Parser<T>) event.getParserForType();
    this.publishing = publishing;
    this.beginning = beginning;
  }

  @Override
  public Published publish(T event, String topic, String id) {
    return publishing.publish(event, subjects.of(topic), id);
  }

  @Override
  public Optional<TopicEvent<T>> find(long sequence) {
    streams.require(stream);
    try {
      return Optional.of(api.management(api.connection()).getMessage(stream.name(), sequence))
          .filter(found -> subjects.has(String.valueOf(found.getSubject())))
          .map(this::read);
    } catch (JetStreamApiException e) {
      if (JetStreamCodes.isNoMessage(e.getApiErrorCode())) {
        return Optional.empty();
      }
      throw JetStreamCodes.toError("stream " + stream.name(), e);
    } catch (IOException | IllegalStateException e) {
      throw JetStreamApi.failed("stream " + stream.name(), e);
    }
  }

  @Override
  public Optional<TopicEvent<T>> last(String topic) {
    String subject = subjects.of(topic);
    streams.require(stream);
    try {
      return api.last(stream.name(), subject).map(this::read);
    } catch (JetStreamApiException e) {
      throw JetStreamCodes.toError("stream " + stream.name(), e);
    } catch (NobodyListens e) {
      throw ClientErrors.notSent("stream " + stream.name() + ": " + e.getMessage(), e);
    }
  }

  private TopicEvent<T> read(MessageInfo found) {
    String subject = Objects.requireNonNull(found.getSubject(), "subject");
    var headers = EventHeaders.flat(found.getHeaders());
    byte[] data = found.getData() == null ? new byte[0] : found.getData();
    try {
      return new TopicEvent<>(
          found.getSeq(),
          subjects.topic(subject),
          EventHeaders.id(headers, stream.name() + ":" + found.getSeq()),
          parser.parseFrom(data));
    } catch (InvalidProtocolBufferException e) {
      throw OrderedTopicReader.unreadable(stream.name(), found.getSeq(), e);
    }
  }

  @Override
  public long firstSequence() {
    var state = state();
    return state.getMsgCount() == 0 ? state.getLastSequence() + 1 : state.getFirstSequence();
  }

  @Override
  public long lastSequence() {
    return state().getLastSequence();
  }

  private StreamState state() {
    streams.require(stream);
    try {
      return api.management(api.connection()).getStreamInfo(stream.name()).getStreamState();
    } catch (IOException | JetStreamApiException | IllegalStateException e) {
      throw JetStreamApi.failed("stream " + stream.name(), e);
    }
  }

  @Override
  public TopicReader<T> read(String pattern, ReadFrom from) {
    String subject = subjects.matching(pattern);
    streams.require(stream);
    var source = new StreamReader.Source(stream.name(), subject, "stream " + stream.name());
    var start = begin(ConsumerConfiguration.builder(), from);
    var messages = StreamReader.from(api, source, start, Pace.steady(HEARTBEAT));
    return new OrderedTopicReader<>(stream.name(), messages, subjects, parser);
  }

  /** Where a consumer that is new begins. */
  static ConsumerConfiguration.Builder begin(
      ConsumerConfiguration.Builder consumer, ReadFrom from) {
    return switch (from) {
      case ReadFrom.Beginning all -> consumer.deliverPolicy(DeliverPolicy.All);
      case ReadFrom.Now now -> consumer.deliverPolicy(DeliverPolicy.New);
      case ReadFrom.After after ->
          consumer.deliverPolicy(DeliverPolicy.ByStartSequence).startSequence(after.sequence() + 1);
      case ReadFrom.At at ->
          consumer
              .deliverPolicy(DeliverPolicy.ByStartTime)
              .startTime(at.time().atZone(ZoneOffset.UTC));
    };
  }

  @Override
  public Consumption consume(
      ConsumerSpec<T> consumer, String pattern, ReadFrom from, EventHandler<T> handler) {
    String subject = subjects.matching(pattern);
    return beginning.begin(
        consumer,
        handler,
        in ->
            List.of(
                ConsumerConfigurations.ofTopics(in, consumer, subject, from),
                ConsumerConfigurations.ofRedrivenTopics(in, consumer)));
  }

  @Override
  public void remove(ConsumerSpec<T> consumer) {
    try {
      var management = api.management(api.connection());
      remove(management, consumer.name());
      remove(management, ConsumerCatalog.redriven(consumer.name()));
    } catch (IOException | JetStreamApiException | IllegalStateException e) {
      throw JetStreamApi.failed("consumer " + consumer.name() + " of " + stream.name(), e);
    }
  }

  private void remove(JetStreamManagement management, String consumer)
      throws IOException, JetStreamApiException {
    try {
      management.deleteConsumer(stream.name(), consumer);
    } catch (JetStreamApiException e) {
      if (!JetStreamCodes.isConsumerMissing(e.getApiErrorCode())
          && !JetStreamCodes.isStreamMissing(e.getApiErrorCode())) {
        throw e;
      }
    }
  }
}
