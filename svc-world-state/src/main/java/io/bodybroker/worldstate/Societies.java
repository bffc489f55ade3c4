package io.bodybroker.worldstate;

import com.google.protobuf.Message;
import io.bodybroker.bodybrokerintegration.v1.DealCompleted;
import io.bodybroker.common.v1.GameTime;
import io.bodybroker.sdk.event.Delivery;
import io.bodybroker.sdk.idempotency.IdempotentCall;
import io.bodybroker.sdk.idempotency.IdempotentEvent;
import io.bodybroker.sdk.store.Store;
import io.bodybroker.sdk.store.Versioned;
import io.bodybroker.sdk.time.ProtoTimes;
import io.bodybroker.timemanager.v1.DayChanged;
import io.bodybroker.worldstate.society.Chance;
import io.bodybroker.worldstate.society.Society;
import io.bodybroker.worldstate.state.v1.StoredArea;
import io.bodybroker.worldstate.v1.WorldStateChanged;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/**
 * The societies of worlds, one document a world; one that has none is as every world begins.
 * Thread-safe.
 */
final class Societies {
  static final int CALLS_KEPT = 16;

  /** How long deals are: some redeliveries, and with ten deals a second less than 100 KB. */
  private static final Duration REMEMBERED = Duration.ofMinutes(2);

  private static final int DAYS_A_MONTH = 30;
  private static final int MONTHS_A_YEAR = 12;

  private final Store<StoredArea> areas;
  private final InstantSource time;

  /** What a change makes of a society, and what its caller is answered. */
  record Changed<R extends Message>(Society after, R answer) {}

  Societies(Store<StoredArea> areas, InstantSource time) {
    this.areas = areas;
    this.time = time;
  }

  private static String key(String worldId) {
    return worldId + "/society";
  }

  /** The society of a world as it is. */
  Society get(String worldId) {
    return read(areas.get(key(worldId)).map(Versioned::value));
  }

  private static Society read(Optional<StoredArea> area) {
    return area.filter(StoredArea::hasSociety)
        .map(stored -> SocietyDocument.read(stored.getSociety()))
        .orElseGet(Society::initial);
  }

  /**
   * Changes a society, unless the call is a repeat; then nothing is written and the answer is that
   * of the first time.
   *
   * @param change may run several times; what it throws is thrown on, and nothing is written
   */
  <R extends Message> R change(
      String worldId, IdempotentCall call, R defaultAnswer, Function<Society, Changed<R>> change) {
    var answer = new AtomicReference<R>();
    areas.update(
        key(worldId),
        current -> {
          var area = current.orElse(StoredArea.getDefaultInstance());
          var earlier = call.answer(area.getAppliedCalls(), defaultAnswer);
          if (earlier.isPresent()) {
            answer.set(earlier.get());
            return area;
          }
          var before = read(current);
          var changed = change.apply(before);
          answer.set(changed.answer());
          var calls = call.remember(area.getAppliedCalls(), changed.answer(), CALLS_KEPT);
          return next(worldId, area, new SocietyChange(before, changed.after(), 0))
              .setAppliedCalls(calls)
              .build();
        });
    return answer.get();
  }

  /** Lives the days that have passed, each once: the society says which it has lived. */
  void live(DayChanged passed) {
    long from = days(passed.getFrom());
    var to = new Society.Day(days(passed.getTo()), passed.getTimeline());
    areas.update(
        key(passed.getWorldId()),
        current -> {
          var before = read(current);
          var after = before.live(from, to, Chance.of(passed.getWorldId()));
          var area = current.orElse(StoredArea.getDefaultInstance());
          return after.equals(before)
              ? area
              : next(
                      passed.getWorldId(),
                      area,
                      new SocietyChange(before, after, after.daysSince(before, from)))
                  .build();
        });
  }

  /** Parts of bodies that were sold come to market, those of a deal once. */
  void supply(DealCompleted deal, Delivery delivery) {
    var once = IdempotentEvent.of(delivery);
    areas.update(
        key(deal.getWorldId()),
        current -> {
          var area = current.orElse(StoredArea.getDefaultInstance());
          if (once.isApplied(area.getAppliedEvents())) {
            return area;
          }
          var before = read(current);
          var change = new SocietyChange(before, before.supplied(deal.getPartsCount()), 0);
          return next(deal.getWorldId(), area, change)
              .setAppliedEvents(once.remember(area.getAppliedEvents(), time.instant(), REMEMBERED))
              .build();
        });
  }

  private static long days(GameTime date) {
    return ((date.getYear() - 1L) * MONTHS_A_YEAR + date.getMonth() - 1) * DAYS_A_MONTH
        + date.getDay()
        - 1;
  }

  private StoredArea.Builder next(String worldId, StoredArea area, SocietyChange change) {
    return area.toBuilder()
        .setSociety(SocietyDocument.write(change.after()))
        .setChange(
            WorldStateChanged.newBuilder()
                .setWorldId(worldId)
                .setUpdatedAt(ProtoTimes.timestamp(time.instant()))
                .setSociety(change.told()));
  }
}
