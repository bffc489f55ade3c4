package io.bodybroker.sdk.rpc;

import com.google.protobuf.Message;
import io.bodybroker.sdk.error.ServiceException;
import io.opentelemetry.context.Context;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadFactory;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The answer of a call that nobody waits for. Its first attempt is sent by the thread that makes
 * it; a virtual thread begins when the reply comes, since what then happens may block, and makes
 * further attempts if they are needed.
 *
 * <p>Cancelling it cancels the call. Thread-safe.
 *
 * @param <R> the response
 */
final class AsyncCall<R extends Message> extends CompletableFuture<R> {
  /** Begun by whoever brings the reply, of whom they must have nothing. */
  private static final ThreadFactory THREADS =
      Thread.ofVirtual().name("rpc-answer").inheritInheritableThreadLocals(false).factory();

  private final UnaryCall<R> call;
  private final Context caller = Context.current();
  private volatile @Nullable PendingReply reply;
  private volatile @Nullable Thread worker;

  private AsyncCall(UnaryCall<R> call) {
    this.call = call;
  }

  static <R extends Message> AsyncCall<R> begin(UnaryCall<R> call) {
    var result = new AsyncCall<>(call);
    result.begin();
    return result;
  }

  private void begin() {
    try {
      reply = call.begin(over -> goOn(() -> call.finish(over)));
    } catch (ServiceException e) {
      goOn(() -> call.recover(e));
    } catch (Throwable e) {
      giveUp(e);
    }
  }

  private void goOn(Supplier<R> rest) {
    try {
      THREADS.newThread(() -> complete(rest)).start();
    } catch (Throwable e) { // there is no memory for a thread
      giveUp(e);
    }
  }

  private void giveUp(Throwable error) {
    call.abandon();
    completeExceptionally(error);
  }

  /** Where the caller's context is current, also for what comes after this. */
  @SuppressWarnings("try") // the scope is there to be closed
  private void complete(Supplier<R> rest) {
    worker = Thread.currentThread();
    if (isCancelled()) { // maybe before it could be interrupted
      Thread.currentThread().interrupt();
    }
    try (var scope = caller.makeCurrent()) {
      end(rest);
    }
  }

  private void end(Supplier<R> rest) {
    R response;
    try {
      response = rest.get();
    } catch (Throwable e) {
      completeExceptionally(e);
      return;
    }
    complete(response);
  }

  @Override
  public boolean cancel(boolean mayInterruptIfRunning) {
    boolean isCancelled = super.cancel(mayInterruptIfRunning);
    if (isCancelled) {
      stop();
    }
    return isCancelled;
  }

  private void stop() {
    PendingReply pending = reply;
    if (pending != null) {
      pending.cancel();
    }
    Thread present = worker;
    if (present != null) {
      present.interrupt();
    }
  }
}
