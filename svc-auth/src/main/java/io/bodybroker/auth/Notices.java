package io.bodybroker.auth;

import io.bodybroker.auth.v1.RateLimitExceeded;
import io.bodybroker.sdk.error.ServiceException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;

/**
 * Tells that somebody went beyond a limit, once for a caller, a class and a window. That it was
 * told is remembered for the present window alone, and of a number of callers; other instances tell
 * it under the same id, so it is told once all the same. A notice that cannot be published is let
 * go: what is refused must not wait.
 */
final class Notices {
  /** More callers at once are an attack, of which so many notices tell enough. */
  static final int MOST = 10_000;

  private static final Logger LOG = System.getLogger(Notices.class.getName());

  private final BiFunction<RateLimitExceeded, String, CompletableFuture<Void>> publish;
  private final AtomicReference<Told> told = new AtomicReference<>(new Told(new Window(0)));

  /**
   * @param publish publishes a notice under an id; completes when it is in its stream
   */
  Notices(BiFunction<RateLimitExceeded, String, CompletableFuture<Void>> publish) {
    this.publish = publish;
  }

  private record Told(Window window, Set<String> keys) {
    Told(Window window) {
      this(window, ConcurrentHashMap.newKeySet());
    }
  }

  /** Tells it, unless it was told. */
  void tell(String key, Window window, RateLimitExceeded notice) {
    if (isNew(key, window)) {
      publish(notice, key + "/" + window.minute());
    }
  }

  private boolean isNew(String key, Window window) {
    var present =
        told.updateAndGet(
            known -> known.window().minute() < window.minute() ? new Told(window) : known);
    return present.window().equals(window)
        && present.keys().size() < MOST
        && present.keys().add(key);
  }

  private void publish(RateLimitExceeded notice, String id) {
    try {
      var unused =
          publish
              .apply(notice, id)
              .whenComplete((done, failure) -> {
                if (failure != null) {
                  LOG.log(Level.DEBUG, "a notice of a limit was not published", failure);
                }
              });
    } catch (ServiceException e) {
      LOG.log(Level.DEBUG, "a notice of a limit was not published", e);
    }
  }
}
