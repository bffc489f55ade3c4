package io.bodybroker.cli.soak;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Every call of a soak, counted where it is made: the processes under test are not asked.
 * Thread-safe.
 */
final class Ledger {
  private record Open(String traffic, Duration sent) {}

  private final Timeline timeline;
  private final AtomicLong ids = new AtomicLong();
  private final Map<Long, Open> open = new ConcurrentHashMap<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final List<Call> ended = new ArrayList<>();

  Ledger(Timeline timeline) {
    this.timeline = timeline;
  }

  /** Makes a call, which is sent now. */
  void make(Traffic traffic, long number) {
    long id = ids.incrementAndGet();
    var sent = timeline.now();
    open.put(id, new Open(traffic.name(), sent));
    String code = "";
    try {
      traffic.action().call(number);
    } catch (CallFailure e) {
      code = e.code();
    } catch (RuntimeException e) {
      code = e.getClass().getSimpleName(); // a mistake of the soak's own, which must not pass
    }
    end(id, new Call(traffic.name(), sent, timeline.now(), code));
  }

  private void end(long id, Call call) {
    lock.lock();
    try {
      ended.add(call);
      open.remove(id);
    } finally {
      lock.unlock();
    }
  }

  /** How many calls are neither answered nor failed. */
  int underWay() {
    return open.size();
  }

  /** How many calls are over. */
  int ended() {
    lock.lock();
    try {
      return ended.size();
    } finally {
      lock.unlock();
    }
  }

  /** The calls that are over, in the order in which they ended. */
  List<Call> calls() {
    lock.lock();
    try {
      return List.copyOf(ended);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Whether all has gone well for a while: calls of these kinds were answered, none failed, and
   * none took long or is taking long.
   */
  boolean isCalm(List<String> kinds, Duration lately, Duration tolerable) {
    Duration now = timeline.now();
    Duration since = now.minus(lately);
    var recent = calls().stream().filter(call -> call.ended().compareTo(since) >= 0).toList();
    return !since.isNegative()
        && open.values().stream().allMatch(call -> now.minus(call.sent()).compareTo(tolerable) < 0)
        && recent.stream()
            .allMatch(call -> call.isAnswered() && call.took().compareTo(tolerable) < 0)
        && recent.stream().map(Call::traffic).collect(Collectors.toSet()).containsAll(kinds);
  }

  /** The calls that failed, of those kinds of traffic. */
  List<Call> failures(Predicate<String> traffic) {
    return calls().stream()
        .filter(call -> !call.isAnswered() && traffic.test(call.traffic()))
        .toList();
  }

  /** How many seconds have begun. */
  int seconds() {
    return (int) timeline.now().toSeconds() + 1;
  }

  /** What was sent and what ended in one second, the first being 0. */
  LedgerRow second(int second) {
    var calls = calls();
    long sent =
        Stream.concat(open.values().stream().map(Open::sent), calls.stream().map(Call::sent))
            .filter(at -> at.toSeconds() == second)
            .count();
    return LedgerRow.of(
        String.valueOf(second),
        sent,
        calls.stream().filter(call -> call.ended().toSeconds() == second).toList());
  }

  /** Each kind of traffic over the whole time. */
  List<LedgerRow> byTraffic() {
    var sent = new TreeMap<String, Long>();
    open.values().forEach(call -> sent.merge(call.traffic(), 1L, Long::sum));
    var calls = calls();
    calls.forEach(call -> sent.merge(call.traffic(), 1L, Long::sum));
    return sent.entrySet().stream()
        .map(kind ->
            LedgerRow.of(
                kind.getKey(),
                kind.getValue(),
                calls.stream().filter(call -> call.traffic().equals(kind.getKey())).toList()))
        .toList();
  }

  /** All traffic over the whole time. */
  LedgerRow total() {
    var calls = calls();
    return LedgerRow.of("total", calls.size() + (long) underWay(), calls);
  }
}
