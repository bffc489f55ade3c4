package io.bodybroker.bench.payload;

import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/** Texts as the game has them, by the name of the field that holds them. */
final class Vocabulary {
  private static final String TOKEN_LETTERS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

  /** What ids of a kind begin with; a number follows. */
  private static final Map<String, String> NUMBERED =
      Map.ofEntries(
          Map.entry("player", "player-"),
          Map.entry("npc", "npc-"),
          Map.entry("giver_npc", "npc-"),
          Map.entry("other", "player-"),
          Map.entry("entity", "npc-"),
          Map.entry("target", "target-"),
          Map.entry("item", "item-"),
          Map.entry("profile", "profile-"),
          Map.entry("service", "inference-"),
          Map.entry("subscriber", "analytics-"),
          Map.entry("objective", "objective-"));

  /** Few of a kind, which have names. */
  private static final Map<String, List<String>> NAMED =
      Map.ofEntries(
          Map.entry("world_id", List.of("overworld", "old-harbour", "necropolis")),
          Map.entry("zone_id", List.of("harbour-district", "bone-market", "north-gate")),
          Map.entry("territory_id", List.of("bone-market", "old-quay", "glass-quarter")),
          Map.entry("faction_id", List.of("stitch-guild", "moon-clans", "harbour-watch")),
          Map.entry("faction", List.of("stitch-guild", "moon-clans", "harbour-watch")),
          Map.entry("creature", List.of("human", "ghoul", "lycanthrope")),
          Map.entry("event_type", List.of("quest.completed", "world.zone_entered", "chat.said")),
          Map.entry("event_patterns", List.of("quest.*", "world.>", "payment.completed")),
          Map.entry("callback_subject", List.of("svc.analytics.v1.on_event")),
          Map.entry("endpoint", List.of("svc.inference.v1.generate", "svc.speech.v1.speak")),
          Map.entry("client", List.of("windows/1.4.2", "playstation/1.4.1")),
          Map.entry("keys", List.of("audio.master_volume", "video.resolution", "input.invert_y")),
          Map.entry("changed_keys", List.of("audio.master_volume", "video.resolution")),
          Map.entry("key", List.of("audio.master_volume", "video.resolution")),
          Map.entry("tags", List.of("blacksmith", "trades", "guild-of-smiths")),
          Map.entry("attributes", List.of("region=eu", "season=3")),
          Map.entry("name", List.of("Mara Ashgrove", "Old Tobias", "urgency")),
          Map.entry("title", List.of("The Butcher's Ledger", "A Debt of Flesh")),
          Map.entry(
              "description",
              List.of(
                  "Bring three pristine hearts to the Stitch Guild before the tide turns.",
                  "Was threatened in front of the smithy and did not forget it.")),
          Map.entry(
              "dialogue_lines",
              List.of("We do not haggle over kidneys, broker.", "Your price insults the House.")),
          Map.entry("insight", List.of("They are desperate for eyes this week.")),
          Map.entry("reason", List.of("bought at the shop", "the deal was voided by a player")),
          Map.entry("condition", List.of("Complete 5 deals with the Carrion Kin.")),
          Map.entry("effect", List.of("euphoria, then a long and dreamless sleep")),
          Map.entry("last_error", List.of("UNAVAILABLE: payment did not answer")),
          Map.entry("version", List.of("5.6.1", "5.5.4")),
          Map.entry("model", List.of("llama-3.1-8b", "mistral-7b")),
          Map.entry("supported_models", List.of("llama-3.1-8b", "mistral-7b")),
          Map.entry("address", List.of("203.0.113.17")),
          Map.entry("resource", List.of("quest-system", "state-manager")),
          Map.entry("action", List.of("generate_quest", "update_state")),
          Map.entry("capability", List.of("text-generation", "speech-synthesis")),
          Map.entry("feature", List.of("nanite", "lumen")),
          Map.entry("flag", List.of("harbour.bridge_down", "story.act_2")),
          Map.entry("scene", List.of("a foggy harbour at night with many lanterns")),
          Map.entry("granted_by", List.of("operator-3")));

  private final RandomGenerator random;

  Vocabulary(RandomGenerator random) {
    this.random = random;
  }

  /** A text for a field of this name. */
  String text(String field) {
    var named = NAMED.get(field);
    if (named != null) {
      return pick(named);
    }
    if (field.endsWith("token") || field.equals("ticket")) {
      return letters(field.contains("page") ? 16 : 43);
    }
    if (field.endsWith("_id") || field.endsWith("_ids")) {
      return id(field.substring(0, field.lastIndexOf("_id")));
    }
    return pick(List.of("none", "harbour", "by the old rules of the guild"));
  }

  private String id(String kind) {
    String beginning = NUMBERED.get(kind);
    if (beginning != null) {
      return beginning + random.nextInt(1, 20_000);
    }
    for (String known : List.of("faction", "territory")) {
      if (kind.endsWith(known)) {
        return text(known + "_id");
      }
    }
    var named = NAMED.get(kind);
    return named == null ? letters(22) : pick(named); // made by services: 128 bits
  }

  /** The name of a property of a free document. */
  String property() {
    return pick(List.of("health", "mood", "level", "gold", "weapon", "lastSeenIn", "isHostile"));
  }

  private String letters(int count) {
    var text = new StringBuilder(count);
    for (int i = 0; i < count; i++) {
      text.append(TOKEN_LETTERS.charAt(random.nextInt(TOKEN_LETTERS.length())));
    }
    return text.toString();
  }

  private String pick(List<String> texts) {
    return texts.get(random.nextInt(texts.size()));
  }
}
