package io.bodybroker.sdk.event;

import com.google.protobuf.Message;

/**
 * Processes one event. Several run at once, unless the consumer keeps order.
 *
 * @param <T> the event
 */
@FunctionalInterface
public interface EventHandler<T extends Message> {
  /**
   * Returns when the event's effect is there for good; only then is it acknowledged. An event may
   * come again even so, when the process ended in between: see {@code
   * io.bodybroker.sdk.idempotency.IdempotentEvent}.
   *
   * @throws io.bodybroker.sdk.error.ServiceException with {@code INVALID_ARGUMENT}, {@code
   *     OUT_OF_RANGE}, {@code FAILED_PRECONDITION} or {@code UNIMPLEMENTED}: it fails for good and
   *     becomes a dead letter. Whatever else is thrown: it comes again after a pause, until its
   *     attempts are spent
   */
  void handle(T event, Delivery delivery);
}
