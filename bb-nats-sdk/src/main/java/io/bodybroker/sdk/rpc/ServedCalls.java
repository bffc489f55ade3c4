package io.bodybroker.sdk.rpc;

import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.ServiceException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * All requests at work in one process. A sweep every few milliseconds answers those whose time is
 * up and interrupts their handlers; a timer for each call would cost every call what only the late
 * ones need.
 */
final class ServedCalls {
  private static final long SWEEP_MILLIS = 20;

  private final Map<ServedCall, Thread> atWork = new ConcurrentHashMap<>();
  private final Replies replies;

  ServedCalls(Replies replies, ScheduledExecutorService sweeper) {
    this.replies = replies;
    var unused =
        sweeper.scheduleWithFixedDelay(
            this::sweep, SWEEP_MILLIS, SWEEP_MILLIS, TimeUnit.MILLISECONDS);
  }

  void begin(ServedCall call, Thread thread) {
    atWork.put(call, thread);
  }

  void end(ServedCall call) {
    atWork.remove(call);
  }

  int count() {
    return atWork.size();
  }

  private void sweep() {
    for (var entry : atWork.entrySet()) {
      ServedCall call = entry.getKey();
      if (call.isExpired() && call.claimAnswer()) {
        replies.error(call.request(), overdue());
        entry.getValue().interrupt();
      }
    }
  }

  private static ServiceException overdue() {
    return ServiceException.of(
        ErrorCode.DEADLINE_EXCEEDED, "the caller's time was up before the handler was done");
  }
}
