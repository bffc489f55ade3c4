package io.bodybroker.weathermanager.climate;

import io.bodybroker.weathermanager.v1.WeatherType;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The weather of zones as nobody has forced it: a pure function of world, zone, seed and game time.
 *
 * <p>Laying out a season costs a fraction of a millisecond, so the plans used last are kept; they
 * follow from their key, so they never go stale. Thread-safe.
 */
public final class NaturalWeather {
  /** Of about 10 KB each. */
  private static final int KEPT_PLANS = 1024;

  /** The branch of {@link Chance} for drift; no season has its number. */
  private static final long DRIFT = -1;

  private final Map<Key, SeasonPlan> plans = Collections.synchronizedMap(new Recent());

  private record Key(Chance zone, long season) {}

  Spell spellAt(Chance zone, GameMoment moment) {
    return plan(new Key(zone, moment.season())).at(moment);
  }

  /** What weather of this type is like in this zone at this moment. */
  Figures figures(Chance zone, WeatherType type, GameMoment moment) {
    var usual = UsualFigures.of(type, moment.climate());
    return new Drift(zone.at(DRIFT)).apply(usual, moment);
  }

  private SeasonPlan plan(Key key) {
    var kept = plans.get(key);
    if (kept != null) {
      return kept;
    }
    var plan = SeasonPlan.of(key.zone(), key.season());
    plans.put(key, plan);
    return plan;
  }

  private static final class Recent extends LinkedHashMap<Key, SeasonPlan> {
    private static final long serialVersionUID = 1L;

    Recent() {
      super(16, 0.75f, true);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<Key, SeasonPlan> eldest) {
      return size() > KEPT_PLANS;
    }
  }
}
