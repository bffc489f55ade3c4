package io.bodybroker.sdk.journal;

import com.google.protobuf.ByteString;
import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.sdk.internal.ClientErrors;
import io.bodybroker.sdk.internal.JetStreamApi;
import io.bodybroker.sdk.internal.JetStreamApi.NobodyListens;
import io.bodybroker.sdk.internal.JetStreamCodes;
import io.bodybroker.sdk.internal.WriteIds;
import io.nats.client.JetStreamApiException;
import io.nats.client.api.MessageInfo;
import io.nats.client.api.PublishAck;
import io.nats.client.impl.Headers;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/**
 * One message directly behind another one of its subject: the stream takes it only if that one is
 * the subject's last ({@code Nats-Expected-Last-Subject-Sequence}).
 *
 * <p><b>A message without an answer</b> is looked for. Nothing is ever removed, so the first
 * message behind the expected one decides for good: it is ours, or ours can never be taken. If
 * there is none, the same message is sent again, of which the stream takes one at most. (The
 * message id that the server itself would know repeats by is no help: in a cluster it remembers
 * also ids of messages that it then refuses.)
 */
final class Appending {
  private static final String EXPECTED_LAST = "Nats-Expected-Last-Subject-Sequence";
  private static final String WRITE_ID = "Bb-Write-Id";
  private static final int ROUNDS = 4;
  private static final Duration PAUSE = Duration.ofMillis(100);

  private final JetStreamApi api;
  private final JournalStream journal;

  Appending(JetStreamApi api, JournalStream journal) {
    this.api = api;
    this.journal = journal;
  }

  private record Pending(String subject, long after, ByteString payload, String id) {
    Headers headers() {
      return new Headers().put(WRITE_ID, id).put(EXPECTED_LAST, Long.toString(after));
    }

    boolean is(MessageInfo message) {
      var headers = message.getHeaders();
      return headers != null && id.equals(headers.getFirst(WRITE_ID));
    }
  }

  /** Its sequence; empty if another message is the subject's last. */
  Optional<Long> append(String subject, long after, ByteString payload) {
    var pending = new Pending(subject, after, payload, WriteIds.next());
    journal.require();
    try {
      return send(pending);
    } catch (ServiceException e) {
      if (!e.mayHaveExecuted() || e.code() == ErrorCode.CANCELLED) {
        throw e;
      }
      return resolve(pending, e);
    }
  }

  private Optional<Long> send(Pending pending) {
    try {
      var answer =
          api.request(pending.subject(), pending.headers(), pending.payload().toByteArray());
      return Optional.of(new PublishAck(answer).getSeqno());
    } catch (NobodyListens e) {
      journal.forget();
      throw ClientErrors.notSent(journal.what() + " has no leader now", e);
    } catch (JetStreamApiException e) {
      if (JetStreamCodes.isWrongLastSequence(e.getApiErrorCode())) {
        return Optional.empty();
      }
      throw JetStreamCodes.toError(journal.what(), e);
    } catch (IOException e) {
      throw ClientErrors.unanswered(journal.what() + ": " + e.getMessage(), e);
    }
  }

  private Optional<Long> resolve(Pending pending, ServiceException unanswered) {
    for (int round = 0; round < ROUNDS; round++) {
      try {
        Optional<MessageInfo> next =
            api.next(journal.stream(), pending.after() + 1, pending.subject());
        if (next.isPresent()) {
          return next.filter(pending::is).map(MessageInfo::getSeq);
        }
        Optional<Long> sent = send(pending);
        if (sent.isPresent()) {
          return sent;
        }
      } catch (ServiceException e) {
        if (e.code() == ErrorCode.CANCELLED) {
          throw e.toBuilder().mayHaveExecuted(true).build();
        }
        unanswered.addSuppressed(e);
      } catch (NobodyListens | JetStreamApiException e) {
        unanswered.addSuppressed(e);
      }
      pause();
    }
    throw unanswered;
  }

  private void pause() {
    try {
      Thread.sleep(PAUSE);
    } catch (InterruptedException e) {
      throw ClientErrors.interrupted("appending to " + journal.what(), true, e);
    }
  }
}
