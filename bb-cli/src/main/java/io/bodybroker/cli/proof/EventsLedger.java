package io.bodybroker.cli.proof;

import io.bodybroker.cli.soak.Promise;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongPredicate;
import java.util.stream.LongStream;

/**
 * What became of each event, by its number.
 *
 * @param published how many there were, numbered from 0
 * @param unacknowledged those whose publisher was not told that the stream has them
 * @param streamed how often each is in the stream
 * @param applied how often each was counted
 * @param dead the reasons of its dead letters, and what is wrong with them
 */
record EventsLedger(
    long published,
    Set<Long> unacknowledged,
    Map<Long, Integer> streamed,
    Map<Long, Integer> applied,
    Map<Long, List<String>> dead) {

  static Map<Long, Integer> counts(List<Long> numbers) {
    var counts = new HashMap<Long, Integer>();
    numbers.forEach(number -> counts.merge(number, 1, Integer::sum));
    return counts;
  }

  private List<Long> those(LongPredicate which) {
    return LongStream.range(0, published).filter(which).boxed().toList();
  }

  private boolean isAcknowledged(long number) {
    return !unacknowledged.contains(number);
  }

  private boolean isDead(long number) {
    return dead.containsKey(number);
  }

  private boolean isApplied(long number) {
    return applied.containsKey(number);
  }

  /** In the stream, and neither counted nor dead. */
  List<Long> missing() {
    return those(number ->
        (isAcknowledged(number) || streamed.containsKey(number))
            && !isApplied(number)
            && !isDead(number));
  }

  private List<Long> appliedAndDead() {
    return those(number -> isApplied(number) && isDead(number));
  }

  Map<String, Long> rows() {
    var rows = new LinkedHashMap<String, Long>();
    rows.put("events published and acknowledged", published - unacknowledged.size());
    rows.put("of unknown outcome, told to the publisher", (long) unacknowledged.size());
    rows.put(
        "of these in the stream", unacknowledged.stream().filter(streamed::containsKey).count());
    rows.put("in the stream", (long) streamed.size());
    rows.put("applied", (long) applied.size());
    byReason().forEach((reason, count) -> rows.put("dead letters, " + reason, count));
    rows.put("missing", (long) missing().size());
    rows.put("applied twice", (long) twice(applied).size());
    rows.put("in the stream twice", (long) twice(streamed).size());
    rows.put("applied and dead", (long) appliedAndDead().size());
    return rows;
  }

  private Map<String, Long> byReason() {
    var reasons = new TreeMap<String, Long>();
    dead.values().forEach(all -> all.forEach(reason -> reasons.merge(reason, 1L, Long::sum)));
    return reasons;
  }

  private static List<Long> twice(Map<Long, Integer> counts) {
    return counts.entrySet().stream()
        .filter(count -> count.getValue() > 1)
        .map(Map.Entry::getKey)
        .sorted()
        .toList();
  }

  /**
   * @param isPoison which numbers can only end as dead letters
   */
  List<Promise> promises(LongPredicate isPoison) {
    long acknowledged = published - unacknowledged.size();
    var promises = new ArrayList<Promise>();
    promises.add(
        Promise.none(
            "published and acknowledged = in the stream: %d".formatted(acknowledged),
            those(number -> isAcknowledged(number) && !streamed.containsKey(number))));
    promises.add(
        Promise.none(
            "in the stream = applied + dead: %d = %d + %d, none missing"
                .formatted(streamed.size(), applied.size(), dead.size()),
            missing()));
    promises.add(Promise.none("none is in the stream twice", twice(streamed)));
    promises.add(Promise.none("none is applied twice", twice(applied)));
    promises.add(Promise.none("none is both applied and dead", appliedAndDead()));
    promises.add(
        Promise.none(
            "each dead letter is there once, byte for byte",
            those(number -> isDead(number) && !isSound(dead.getOrDefault(number, List.of())))));
    promises.add(
        Promise.none(
            "all that is poison is dead, and nothing else",
            those(number -> streamed.containsKey(number) && isPoison.test(number) != isDead(number))
                .stream()
                .map(number -> number + " " + dead.getOrDefault(number, List.of()))
                .toList()));
    return promises;
  }

  private static boolean isSound(List<String> letters) {
    return letters.size() == 1 && !letters.getFirst().contains("payload differs");
  }
}
