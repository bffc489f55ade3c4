package io.bodybroker.sdk.rpc;

import io.bodybroker.sdk.error.ErrorCode;
import io.nats.client.Message;
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

  /**
   * The reply, which may be an error reply. To be called by whoever was told that it is over.
   *
   * @throws ServiceException as {@link Requests#exchange} does
   */
  Message take() {
    inbox.remove(address);
    return reply();
  }

  /** Nobody wants it any more, which is told as an error of its own. */
  void cancel() {
    end(Requests.error(ErrorCode.CANCELLED, "cancelled while waiting for " + method, true));
  }

  @Override
  void overdue() {
    expire();
  }

  @Override
  void tell() {
    whenOver.accept(this);
  }
}
