package io.bodybroker.streams;

import io.bodybroker.sdk.stream.Retention;
import io.bodybroker.sdk.stream.StreamCatalog;
import io.bodybroker.sdk.stream.StreamSpec;
import java.time.Duration;
import java.util.List;

/**
 * The streams of the game, by who needs their events for how long. An event's subject is {@code
 * evt.{area}.{what}.v{N}}; the area decides.
 *
 * <p>Limits are such that a consumer that was away over a long weekend has missed nothing. One that
 * is full refuses what is new rather than to let go of what it has acknowledged; it is watched by
 * how full it is.
 */
public final class GameStreams implements StreamCatalog.Provider {
  private static final Duration A_WEEK = Duration.ofDays(7);
  private static final long GIB = 1L << 30;

  /** What players and non-player characters do, and what it earns them. */
  public static final StreamSpec GAME_EVENTS =
      StreamSpec.builder("GAME_EVENTS", "evt.quest.>", "evt.npc.>", "evt.broker.>", "evt.payment.>")
          .maxAge(A_WEEK)
          .maxBytes(2 * GIB)
          .build();

  /** How the world goes on: time, weather, its entities, and the documents of players. */
  public static final StreamSpec WORLD_EVENTS =
      StreamSpec.builder(
              "WORLD_EVENTS", "evt.time.>", "evt.weather.>", "evt.world.>", "evt.state.>")
          .maxAge(A_WEEK)
          .maxBytes(2 * GIB)
          .build();

  /** What services say of themselves, sessions and settings. */
  public static final StreamSpec SYSTEM_EVENTS =
      StreamSpec.builder(
              "SYSTEM_EVENTS", "evt.capability.>", "evt.settings.>", "evt.auth.>", "evt.perf.>")
          .maxAge(A_WEEK)
          .maxBytes(GIB)
          .build();

  /** Stories, scenes, lore, translations, and what models made them. */
  public static final StreamSpec NARRATIVE_EVENTS =
      StreamSpec.builder(
              "NARRATIVE_EVENTS",
              "evt.story.>",
              "evt.narrative.>",
              "evt.lang.>",
              "evt.kb.>",
              "evt.ai.>")
          .maxAge(A_WEEK)
          .maxBytes(GIB)
          .build();

  /** Steps of workflows: each is done by one, and gone when it is done. */
  public static final StreamSpec ORCHESTRATION_WORK =
      StreamSpec.builder("ORCHESTRATION_WORK", "evt.orchestration.>")
          .retention(Retention.WORK_QUEUE)
          .maxAge(A_WEEK)
          .maxBytes(GIB)
          .build();

  /**
   * What event-bus brings to its subscribers. It remembers ids for an hour, which is how long an
   * event that is published again is known to be the same.
   */
  public static final StreamSpec BUS_EVENTS =
      StreamSpec.builder("BUS_EVENTS", "evt.bus.>")
          .maxAge(A_WEEK)
          .maxBytes(2 * GIB)
          .duplicateWindow(Duration.ofHours(1))
          .build();

  @Override
  public List<StreamSpec> streams() {
    return List.of(
        GAME_EVENTS, WORLD_EVENTS, SYSTEM_EVENTS, NARRATIVE_EVENTS, ORCHESTRATION_WORK, BUS_EVENTS);
  }
}
