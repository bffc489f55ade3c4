package io.bodybroker.bodybrokerintegration.haggle;

import io.bodybroker.bodybrokerintegration.family.Profile;
import io.bodybroker.bodybrokerintegration.v1.Temperament;
import java.util.List;
import java.util.Locale;

/** What a family says. */
public final class Dialogue {
  private Dialogue() {}

  /** How it greets, and how it takes a round of haggling. */
  public static List<String> of(Profile family, Haggle round) {
    return List.of(greeting(family.temperament()), answer(family.temperament(), round));
  }

  /** What a player learns about a family from a round that went well. */
  public static String insight(Profile family) {
    return "%s listen to %s."
        .formatted(words(family.family().name()), words(Tactics.best(family.temperament()).name()));
  }

  private static String words(String name) {
    return name.toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private static String greeting(Temperament mood) {
    return switch (mood) {
      case AGGRESSIVE -> "Show us the meat, or become it.";
      case CALCULATED -> "Lay it out. We have weighed you already.";
      case WHIMSICAL -> "A guest! Shall we tell the truth, or only never lie?";
      case DESPERATE -> "Please. Quickly. What have you brought?";
      case COLD -> "State the goods.";
      case TEMPERAMENT_UNSPECIFIED, UNRECOGNIZED -> "";
    };
  }

  private static String answer(Temperament mood, Haggle round) {
    if (!round.isDeal() && Outcomes.multiplier(round.outcome()) > 0) {
      return "There is not enough of it to pour you anything.";
    }
    return switch (round.outcome()) {
      case EXCELLENT_OUTCOME -> "Yours is the knife we have waited for. Take this, and come back.";
      case GOOD_OUTCOME -> "Well cut, well said. We give more than we must.";
      case FAIR_OUTCOME -> "A price is a price.";
      case POOR_OUTCOME -> "You waste our evening. Less, then.";
      case FAILED_OUTCOME -> refusal(mood);
      case HOSTILE_OUTCOME -> "Run.";
      case OUTCOME_UNSPECIFIED, UNRECOGNIZED -> "";
    };
  }

  private static String refusal(Temperament mood) {
    return switch (mood) {
      case AGGRESSIVE -> "Out, while you have legs.";
      case CALCULATED -> "The sum comes to nothing. Good night.";
      case WHIMSICAL -> "How dull. The door was never there.";
      case DESPERATE -> "No. Not even we.";
      case COLD -> "Rejected.";
      case TEMPERAMENT_UNSPECIFIED, UNRECOGNIZED -> "No.";
    };
  }
}
