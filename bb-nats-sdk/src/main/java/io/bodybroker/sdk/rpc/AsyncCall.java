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
 * <p>{@link #cancel} cancels the call. When it is done it holds nothing but the response, however
 * long a program keeps it. Thread-safe.
 *
 * @param <R> the response
 */
final class AsyncCall<R extends Message> extends CompletableFuture<R> {
  /** Begun by whoever brings the reply, of whom they must have nothing. */
  private static final ThreadFactory THREADS =
      Thread.ofVirtual().name("rpc-answer").inheritInheritableThreadLocals(false).factory();

  private volatile @Nullable PendingReply pending;
  private volatile @Nullable Thread worker;

  private AsyncCall() {}

  static <R extends Message> AsyncCall<R> begin(UnaryCall<R> call) {
    var result = new AsyncCall<R>();
    result.send(call, Context.current());
    return result;
  }

  private void send(UnaryCall<R> call, Context caller) {
    try {
      pending = call.begin(reply -> goOn(call, caller, () -> call.finish(reply)));
    } catch (ServiceException e) {
      goOn(call, caller, () -> call.recover(e));
    } catch (Throwable e) {
      giveUp(call, e);
    }
    if (isDone()) { // maybe before it was set
      pending = null;
    }
  }

  private void goOn(UnaryCall<R> call, Context caller, Supplier<R> rest) {
    try {
      THREADS.newThread(() -> run(call, caller, rest)).start();
    } catch (Throwable e) { // there is no memory for a thread
      giveUp(call, e);
    }
  }

  /** The caller's context is current here, also for what comes after this. */
  @SuppressWarnings("try") // the scope is there to be closed
  private void run(UnaryCall<R> call, Context caller, Supplier<R> rest) {
    worker = Thread.currentThread();
    if (isCancelled()) { // maybe before it could be interrupted
      Thread.currentThread().interrupt();
    }
    try (var scope = caller.makeCurrent()) {
      end(call, rest);
    }
  }

  private void end(UnaryCall<R> call, Supplier<R> rest) {
    R response;
    try {
      response = rest.get();
    } catch (Throwable e) {
      giveUp(call, e);
      return;
    }
    complete(response);
    letGo();
  }

  /** Also of what ended otherwise than calls do. */
  private void giveUp(UnaryCall<R> call, Throwable error) {
    call.abandon(error);
    completeExceptionally(error);
    letGo();
  }

  private void letGo() {
    pending = null;
    worker = null;
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
    PendingReply reply = pending;
    if (reply != null) {
      reply.cancel();
    }
    Thread present = worker;
    if (present != null) {
      present.interrupt();
    }
  }
}
