package io.bodybroker.sdk.rpc;

import io.bodybroker.sdk.internal.HeaderBlock;
import io.nats.client.Message;
import java.util.Optional;

/**
 * What a reader sends to where the writer listens. One with a reply subject asks for an answer,
 * which tells the reader whether its writer is still there.
 */
sealed interface StreamSignal {
  /** In a request: how far the writer may go at first. Later: how far it may go now. */
  String CREDIT = "Bb-Stream-Credit";

  /** Go on, as far as this. */
  record Grant(StreamCredit credit) implements StreamSignal {}

  /** The reader is still there. */
  record Present() implements StreamSignal {}

  /** Stop: nobody reads any more. */
  record Cancel() implements StreamSignal {}

  /** Said by the server: nobody listens on the reader's inbox, so the reader is gone. */
  record ReaderGone() implements StreamSignal {}

  /** Not a signal of this protocol; as good as none. */
  record Foreign() implements StreamSignal {}

  static HeaderBlock grant(StreamCredit credit) {
    return HeaderBlock.builder().put(CREDIT, credit.toString()).build();
  }

  static HeaderBlock present() {
    return HeaderBlock.builder().put(StreamFrame.STATUS, "present").build();
  }

  static HeaderBlock cancel() {
    return HeaderBlock.builder().put(StreamFrame.STATUS, "cancel").build();
  }

  /** How far the writer may go at first, if the request says so. */
  static Optional<StreamCredit> firstCredit(Message request) {
    String credit = WireHeaders.first(request, CREDIT);
    return credit == null ? Optional.empty() : StreamCredit.parse(credit);
  }

  /** Reads a signal. */
  static StreamSignal read(Message message) {
    if (message.isStatusMessage()) {
      return message.getStatus().getCode() == StreamFrame.NO_RESPONDERS
          ? new ReaderGone()
          : new Foreign();
    }
    String credit = WireHeaders.first(message, CREDIT);
    if (credit != null) {
      return StreamCredit.parse(credit).<StreamSignal>map(Grant::new).orElseGet(Foreign::new);
    }
    return switch (WireHeaders.first(message, StreamFrame.STATUS)) {
      case "present" -> new Present();
      case "cancel" -> new Cancel();
      case null, default -> new Foreign();
    };
  }
}
