package io.bodybroker.weathermanager.climate;

import static io.bodybroker.weathermanager.v1.WeatherType.FOG;
import static io.bodybroker.weathermanager.v1.WeatherType.STORM;

import io.bodybroker.weathermanager.v1.WeatherType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The weather of one season in one zone, from its first minute to its last: some 2,000 spells, laid
 * out at once.
 *
 * <p>Every season begins anew with its first weather, so no plan depends on another, and weather
 * can be told for any time without going through all that was before.
 *
 * <p>A spell lasts as long as was drawn for it, unless something cuts it short: at dawn fog may
 * come up and at dusk a storm, where the climate has them, and with the season ends its last spell.
 *
 * <p>Immutable.
 */
final class SeasonPlan {
  private static final int DAWN = 5 * GameMoment.MINUTES_PER_HOUR;
  private static final int DUSK = 18 * GameMoment.MINUTES_PER_HOUR;
  private static final double FOG_AT_DAWN = 0.3;
  private static final double STORM_AT_DUSK = 0.2;

  /** Places of the two decisions about a spell, and of all those about dawns and dusks. */
  private static final int LENGTH = 0;

  private static final int SUCCESSOR = 1;
  private static final int TURNS = -1;

  private final long begin;

  /** When each spell starts, in minutes from the season's first: a thousand plans are kept. */
  private final int[] starts;

  /** The number of each spell's type. */
  private final byte[] types;

  private final long end;

  private SeasonPlan(long begin, int[] starts, byte[] types, long end) {
    this.begin = begin;
    this.starts = starts;
    this.types = types;
    this.end = end;
  }

  /** The spell that covers a moment of this season. */
  Spell at(GameMoment moment) {
    int found = Arrays.binarySearch(starts, (int) (moment.minute() - begin));
    int index = found >= 0 ? found : -found - 2;
    long until = index + 1 < starts.length ? begin + starts[index + 1] : end;
    return new Spell(
        WeatherType.forNumber(types[index]),
        GameMoment.ofMinute(begin + starts[index]),
        GameMoment.ofMinute(until));
  }

  /** Lays out a season, counted as {@link GameMoment#season} does. */
  static SeasonPlan of(Chance zone, long season) {
    return new Layout(Climate.ofSeason(season), zone.at(season)).layOut(season);
  }

  private record Layout(Climate climate, Chance chance) {
    /** A moment at which weather of a type begins. */
    private record Turn(long minute, WeatherType type) {}

    SeasonPlan layOut(long season) {
      long begin = GameMoment.firstMinute(season);
      long end = GameMoment.firstMinute(season + 1);
      var turns = new ArrayList<Turn>();
      var turn = new Turn(begin, climate.first());
      while (turn.minute() < end) {
        turns.add(turn);
        turn = after(turn, chance.at(turns.size()));
      }
      var types = new byte[turns.size()];
      for (int i = 0; i < types.length; i++) {
        types[i] = (byte) turns.get(i).type().getNumber();
      }
      return new SeasonPlan(
          begin,
          turns.stream().mapToInt(each -> (int) (each.minute() - begin)).toArray(),
          types,
          end);
    }

    /**
     * What ends a spell: the first dawn or dusk that brings other weather, or else its time is up.
     */
    private Turn after(Turn begin, Chance spell) {
      int length = SpellLength.minutes(spell.at(LENGTH), climate.volatility(begin.type()));
      long until = begin.minute() + length;
      long midnight = begin.minute() - Math.floorMod(begin.minute(), GameMoment.MINUTES_PER_DAY);
      for (long day = midnight; day <= until; day += GameMoment.MINUTES_PER_DAY) {
        if (brings(FOG, FOG_AT_DAWN, day + DAWN, begin, until)) {
          return new Turn(day + DAWN, FOG);
        }
        if (brings(STORM, STORM_AT_DUSK, day + DUSK, begin, until)) {
          return new Turn(day + DUSK, STORM);
        }
      }
      List<WeatherType> successors = climate.successors(begin.type());
      return new Turn(until, successors.get(spell.at(SUCCESSOR).below(successors.size())));
    }

    private boolean brings(
        WeatherType type, double likelihood, long minute, Turn begin, long until) {
      return minute > begin.minute()
          && minute <= until
          && type != begin.type()
          && climate.brings(type)
          && chance.at(TURNS).at(minute).fraction() < likelihood;
    }
  }
}
