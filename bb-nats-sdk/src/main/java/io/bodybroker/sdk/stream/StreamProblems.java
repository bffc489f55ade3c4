package io.bodybroker.sdk.stream;

import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.ServiceException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * What keeps streams from being what is declared. Each change is logged once, however often it is
 * found. Thread-safe.
 */
final class StreamProblems {
  private static final Logger LOG = System.getLogger(Streams.class.getName());

  /** What is away comes back by itself; what is refused waits for a person. */
  private static final Duration AWAY = Duration.ofMillis(500);

  private static final Duration REFUSED = Duration.ofSeconds(10);

  /**
   * @param isTold whether it is in the log; that NATS is away, its connection tells
   */
  private record Problem(StreamSpec stream, String why, long againNanos, boolean isTold) {}

  private final Map<String, Problem> problems = new ConcurrentSkipListMap<>();
  private final Set<String> settled = ConcurrentHashMap.newKeySet();

  void found(StreamSpec stream, ServiceException error) {
    if (error.code() == ErrorCode.CANCELLED) {
      return;
    }
    boolean isAway = error.code() == ErrorCode.UNAVAILABLE;
    String name = "stream " + stream.name();
    String why = error.message().startsWith(name) ? error.message() : name + ": " + error.message();
    Problem before = problems.get(stream.name());
    String told = before != null && before.isTold() ? before.why() : "";
    boolean wasTold = !told.isEmpty();
    boolean isNews = !wasTold || (!isAway && !told.equals(why));
    boolean isTold = isNews && !(isAway && error.getCause() == null);
    long again = System.nanoTime() + (isAway ? AWAY : REFUSED).toNanos();
    problems.put(stream.name(), new Problem(stream, why, again, wasTold || isTold));
    if (isTold) {
      LOG.log(isAway ? Level.WARNING : Level.ERROR, why);
    }
  }

  void solved(StreamSpec stream) {
    settled.add(stream.name());
    Problem before = problems.remove(stream.name());
    if (before != null && before.isTold()) {
      LOG.log(Level.INFO, "stream {0} is what is declared", stream.name());
    }
  }

  List<StreamSpec> dueAmong(Collection<StreamSpec> needed) {
    var due = new LinkedHashMap<String, StreamSpec>();
    for (StreamSpec stream : needed) {
      if (!settled.contains(stream.name()) && !problems.containsKey(stream.name())) {
        due.put(stream.name(), stream);
      }
    }
    for (Problem problem : problems.values()) {
      if (System.nanoTime() - problem.againNanos() >= 0) {
        due.put(problem.stream().name(), problem.stream());
      }
    }
    return List.copyOf(due.values());
  }

  boolean isSettled(StreamSpec stream) {
    return settled.contains(stream.name());
  }

  Map<String, String> all() {
    var all = new LinkedHashMap<String, String>();
    problems.values().forEach(problem -> all.put(problem.stream().name(), problem.why()));
    return all;
  }
}
