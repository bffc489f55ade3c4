package io.bodybroker.sdk.store;

import com.google.protobuf.Message;
import io.bodybroker.sdk.error.ServiceException;
import java.util.function.Consumer;

/**
 * Everything that was committed, change by change, in the order of commits: what a change feed
 * reads. Implementations are thread-safe.
 *
 * @param <T> what is committed
 */
public interface CommitLog<T extends Message> {
  /** The name of what was committed to. */
  String name();

  /** The change committed last, by its number; 0 if there is none. */
  long lastRevision();

  /**
   * Tells each change after this one, and then waits for what is committed, until the thread is
   * interrupted.
   *
   * @param after 0 for all there are
   * @param reader what it throws ends the reading
   * @param whenIdle run when all that has come is told, before it waits for more; what it throws
   *     ends the reading
   * @throws ServiceException {@code UNAVAILABLE} if it cannot be read on; {@code CANCELLED} if
   *     interrupted
   */
  void follow(long after, Consumer<Change<T>> reader, Runnable whenIdle);
}
