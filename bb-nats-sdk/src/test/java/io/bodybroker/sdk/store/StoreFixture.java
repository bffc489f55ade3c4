package io.bodybroker.sdk.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.Message;
import com.google.protobuf.StringValue;
import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.ServiceException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** A real server and the way to its stores, and what can happen to the server. */
interface StoreFixture extends AutoCloseable {
  /** How long an operation of these stores waits for an answer. */
  Duration TIMEOUT = Duration.ofSeconds(1);

  /** An empty store that no other test uses. */
  <T extends Message> Store<T> open(T defaultInstance);

  void kill();

  void restart();

  void pause();

  void resume();

  @Override
  void close();

  static StringValue text(String text) {
    return StringValue.of(text);
  }

  static Store<StringValue> filled(Store<StringValue> store, String... keys) {
    for (String key : keys) {
      store.put(key, text("value of " + key));
    }
    return store;
  }

  /** What one of many does at the same time. */
  interface Job {
    void run(int number) throws Exception;
  }

  static void inParallel(int count, Job job) throws Exception {
    // Platform threads: a job that spins on a server that is away would keep a virtual thread's
    // carrier from the job that brings the server back.
    try (var threads = Executors.newThreadPerTaskExecutor(Thread.ofPlatform().factory())) {
      List<Future<?>> running = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        int number = i;
        running.add(
            threads.submit(() -> {
              job.run(number);
              return null;
            }));
      }
      for (Future<?> future : running) {
        future.get();
      }
    }
  }

  static ServiceException assertFails(ThrowingCallable call, ErrorCode code) {
    var error = catchThrowableOfType(ServiceException.class, call);
    assertThat(error).as("expected %s", code).isNotNull();
    assertThat(error.code()).as(error.message()).isEqualTo(code);
    if (code != ErrorCode.UNAVAILABLE) {
      assertThat(error.mayHaveExecuted()).isFalse();
    }
    return error;
  }
}
