package io.bodybroker.sdk.rpc;

import com.google.protobuf.Message;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** A stream as a {@code for} loop wants it. */
final class ResponseIterator<R extends Message> implements Iterator<R> {
  private final ResponseStream<R> stream;
  private @Nullable R ahead;
  private boolean hasEnded;

  ResponseIterator(ResponseStream<R> stream) {
    this.stream = stream;
  }

  @Override
  public boolean hasNext() {
    if (ahead == null && !hasEnded) {
      ahead = stream.next().orElse(null);
      hasEnded = ahead == null;
    }
    return ahead != null;
  }

  @Override
  public R next() {
    if (!hasNext()) {
      throw new NoSuchElementException("the stream has ended");
    }
    R message = java.util.Objects.requireNonNull(ahead);
    ahead = null;
    return message;
  }
}
