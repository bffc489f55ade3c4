package io.bodybroker.sdk.rpc;

import io.bodybroker.sdk.error.ErrorCode;
import java.time.Duration;
import java.util.function.Consumer;

/** A reply that nobody waits for, but somebody wants to be told of. */
final class PendingReply extends Reply {
  private final Inbox inbox;
  private final Consumer<PendingReply> whenOver;

  PendingReply(
      RpcMethod<?, ?> method, Duration timeout, Inbox inbox, Consumer<PendingReply> whenOver) {
    super(method, timeout, inbox.newAddress());
    this.inbox = inbox;
    this.whenOver = whenOver;
  }

  /** Nobody wants it any more, which is told as an error of its own. */
  void cancel() {
    end(Requests.error(ErrorCode.CANCELLED, "cancelled while waiting for " + method, true));
  }

  @Override
  void overdue() {
    if (!isOver()) { // or an error would be made for nothing
      expire();
    }
  }

  @Override
  void tell() {
    inbox.remove(address);
    whenOver.accept(this);
  }
}
