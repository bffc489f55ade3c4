package io.bodybroker.weathermanager.climate;

import io.bodybroker.weathermanager.v1.WeatherType;
import java.util.Optional;

/**
 * The weather of one zone over all game time: the natural weather, and what was forced laid over
 * it. Every question about now, before and later is a question to this line, so the answers agree
 * with one another.
 *
 * <p>Figures change once a game second, so that a moment found through the real clock, which is a
 * little off, has the same ones.
 */
public final class ZoneWeatherLine {
  private final NaturalWeather natural;
  private final Chance zone;
  private final Optional<ForcedWeather> forced;

  private ZoneWeatherLine(NaturalWeather natural, Chance zone, Optional<ForcedWeather> forced) {
    this.natural = natural;
    this.zone = zone;
    this.forced = forced;
  }

  /** The line of a zone in which nothing was forced. */
  public static ZoneWeatherLine of(NaturalWeather natural, String world, String zone, long seed) {
    return new ZoneWeatherLine(natural, Chance.of(world, zone, seed), Optional.empty());
  }

  /** The same line with this laid over it, in place of what was. */
  public ZoneWeatherLine with(ForcedWeather weather) {
    return new ZoneWeatherLine(natural, zone, Optional.of(weather));
  }

  /** The type at a moment. */
  public WeatherType typeAt(GameMoment moment) {
    return spellAt(moment).type();
  }

  /** Type and figures at a moment. */
  public Conditions at(GameMoment moment) {
    var spell = spellAt(moment);
    return new Conditions(spell.type(), figures(spell, moment));
  }

  /** The forced weather at a moment, if it is forced. */
  public Optional<ForcedWeather> forcedAt(GameMoment moment) {
    return forced.filter(weather -> weather.spell().covers(moment));
  }

  /** The change still under way at a moment, if there is one. */
  public Optional<Transition> transitionAt(GameMoment moment) {
    return transition(spellAt(moment)).filter(change -> moment.isBefore(change.settled()));
  }

  /** The first moment after this one that has another type. */
  public GameMoment nextChange(GameMoment moment) {
    var spell = spellAt(moment);
    var next = spellAt(spell.until());
    while (next.type() == spell.type()) {
      next = spellAt(next.until());
    }
    return next.from();
  }

  /** Since when it has been of the type that it is at this moment. */
  public GameMoment lastChange(GameMoment moment) {
    var type = typeAt(moment);
    var since = beginning(spellAt(moment));
    while (GameMoment.FIRST.isBefore(since) && typeAt(since.previous()) == type) {
      since = beginning(spellAt(since.previous()));
    }
    return since;
  }

  /**
   * Forced weather may have replaced another of the same type, of which only its beginning is still
   * known.
   */
  private GameMoment beginning(Spell spell) {
    return forcedAt(spell.from()).map(ForcedWeather::since).orElse(spell.from());
  }

  private Spell spellAt(GameMoment moment) {
    var spell = natural.spellAt(zone, moment);
    if (forced.isEmpty()) {
      return spell;
    }
    var over = forced.get().spell();
    if (over.covers(moment)) {
      return over;
    }
    if (moment.isBefore(over.from())) {
      return new Spell(spell.type(), spell.from(), earlier(spell.until(), over.from()));
    }
    return new Spell(spell.type(), later(spell.from(), over.until()), spell.until());
  }

  private Figures figures(Spell spell, GameMoment moment) {
    var goal =
        forcedAt(moment)
            .map(ForcedWeather::goal)
            .orElseGet(() -> natural.figures(zone, spell.type(), moment));
    var change = transition(spell);
    if (change.isEmpty() || !moment.isBefore(change.get().settled())) {
      return goal;
    }
    return before(spell).figures().towards(goal, change.get().progress(moment));
  }

  /** The change a spell begins with; none at the calendar's beginning. */
  private Optional<Transition> transition(Spell spell) {
    var over = forcedAt(spell.from());
    if (over.isPresent()) {
      var weather = over.get();
      return Optional.of(
          new Transition(weather.before().type(), weather.from(), weather.settled()));
    }
    if (!GameMoment.FIRST.isBefore(spell.from())) {
      return Optional.empty();
    }
    var settled = spell.from().plus(Transition.NATURAL);
    return Optional.of(new Transition(typeAt(spell.from().previous()), spell.from(), settled));
  }

  /**
   * What it was like just before a spell. Asked of this same line, so a change that came before the
   * one before it was over sets out from where that had got to. The questions end with the first
   * spell that is longer than its transition.
   */
  private Conditions before(Spell spell) {
    return forcedAt(spell.from())
        .map(ForcedWeather::before)
        .orElseGet(() -> at(spell.from().previous()));
  }

  private static GameMoment earlier(GameMoment a, GameMoment b) {
    return a.isBefore(b) ? a : b;
  }

  private static GameMoment later(GameMoment a, GameMoment b) {
    return a.isBefore(b) ? b : a;
  }
}
