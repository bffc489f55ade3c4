package io.bodybroker.cli.soak;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/**
 * Calls whose effect can be counted: each adds 1 to a number of its own, so in the end that number
 * says how often the call was done. They carry no idempotency key. Thread-safe.
 */
final class Increments {
  /** So many to a document, which must stay small. */
  private static final int EACH = 64;

  /**
   * A number that one call adds 1 to.
   *
   * @param document the entity whose document has it
   * @param path its name in there
   */
  record Target(String document, String path) {}

  /**
   * What was done.
   *
   * @param answered calls that were answered
   * @param unanswered calls that failed
   * @param unansweredButDone those of them that were done nonetheless
   * @param lost calls that were answered but not done
   * @param doubled calls that were done more than once
   */
  record Audit(
      int answered,
      int unanswered,
      int unansweredButDone,
      List<Target> lost,
      List<Target> doubled) {
    Audit {
      lost = List.copyOf(lost);
      doubled = List.copyOf(doubled);
    }
  }

  private final String run;
  private final AtomicLong next = new AtomicLong();
  private final Map<Target, Boolean> isAnswered = new ConcurrentHashMap<>();

  /**
   * None yet.
   *
   * @param run a name that no other soak has
   */
  Increments(String run) {
    this.run = run;
  }

  /** The target of the next call. */
  Target next() {
    long number = next.getAndIncrement();
    return sent(new Target(run + "-" + number / EACH, "n" + number));
  }

  /** The target of the next call, in a document that others write at the same time. */
  Target contested(String document) {
    return sent(new Target(run + "-" + document, "n" + next.getAndIncrement()));
  }

  private Target sent(Target target) {
    isAnswered.put(target, false);
    return target;
  }

  void answered(Target target) {
    isAnswered.put(target, true);
  }

  /**
   * Compares what callers were told with what is stored.
   *
   * @param stored the numbers of a document, by their names
   */
  Audit audit(Function<String, Map<String, Long>> stored) {
    var documents = new HashMap<String, Map<String, Long>>();
    var lost = new ArrayList<Target>();
    var doubled = new ArrayList<Target>();
    int answered = 0;
    int done = 0;
    for (var call : isAnswered.entrySet()) {
      Target target = call.getKey();
      boolean wasAnswered = call.getValue();
      long times =
          documents.computeIfAbsent(target.document(), stored).getOrDefault(target.path(), 0L);
      answered += wasAnswered ? 1 : 0;
      done += !wasAnswered && times > 0 ? 1 : 0;
      if (wasAnswered && times == 0) {
        lost.add(target);
      } else if (times > 1) {
        doubled.add(target);
      }
    }
    return new Audit(answered, isAnswered.size() - answered, done, lost, doubled);
  }
}
