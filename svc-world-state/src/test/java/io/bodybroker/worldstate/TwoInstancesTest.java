package io.bodybroker.worldstate;

import static io.bodybroker.sdk.testing.Json.object;
import static io.bodybroker.sdk.testing.ServiceAssertions.assertFails;
import static io.bodybroker.sdk.testing.ServiceAssertions.assertRefuses;
import static io.bodybroker.worldstate.Calls.WORLD;
import static io.bodybroker.worldstate.Calls.merge;
import static io.bodybroker.worldstate.Calls.replace;
import static io.bodybroker.worldstate.Calls.update;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.bodybroker.bodybrokerintegration.v1.DealCompleted;
import io.bodybroker.bodybrokerintegration.v1.DealPart;
import io.bodybroker.common.v1.GameTime;
import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.rpc.CallOptions;
import io.bodybroker.sdk.rpc.ResponseStream;
import io.bodybroker.sdk.testing.RunningService;
import io.bodybroker.testkit.Await;
import io.bodybroker.testkit.NatsServer;
import io.bodybroker.testkit.RedisServer;
import io.bodybroker.testkit.TestServers;
import io.bodybroker.timemanager.v1.DayChanged;
import io.bodybroker.worldstate.v1.AdjustPowerRequest;
import io.bodybroker.worldstate.v1.AdjustRelationshipRequest;
import io.bodybroker.worldstate.v1.BatchUpdate;
import io.bodybroker.worldstate.v1.BatchUpdateEntitiesRequest;
import io.bodybroker.worldstate.v1.ClaimTerritoryRequest;
import io.bodybroker.worldstate.v1.DeleteEntityRequest;
import io.bodybroker.worldstate.v1.EconomicEventType;
import io.bodybroker.worldstate.v1.EntityType;
import io.bodybroker.worldstate.v1.EntityUpdate;
import io.bodybroker.worldstate.v1.EntityUpdated;
import io.bodybroker.worldstate.v1.FlagsChanged;
import io.bodybroker.worldstate.v1.GetEconomyRequest;
import io.bodybroker.worldstate.v1.GetEconomyResponse;
import io.bodybroker.worldstate.v1.GetEntityRequest;
import io.bodybroker.worldstate.v1.GetFlagsRequest;
import io.bodybroker.worldstate.v1.ListConflictsRequest;
import io.bodybroker.worldstate.v1.ListEntitiesRequest;
import io.bodybroker.worldstate.v1.ListFactionsRequest;
import io.bodybroker.worldstate.v1.ListTerritoriesRequest;
import io.bodybroker.worldstate.v1.ListWorldEventsRequest;
import io.bodybroker.worldstate.v1.PropertyEquals;
import io.bodybroker.worldstate.v1.PutFactionRequest;
import io.bodybroker.worldstate.v1.QuoteTradeRequest;
import io.bodybroker.worldstate.v1.Resolution;
import io.bodybroker.worldstate.v1.ResolveConflictRequest;
import io.bodybroker.worldstate.v1.Resource;
import io.bodybroker.worldstate.v1.StartWorldEventRequest;
import io.bodybroker.worldstate.v1.TriggerEconomicEventRequest;
import io.bodybroker.worldstate.v1.UpdateEntityRequest;
import io.bodybroker.worldstate.v1.UpdateFlagsRequest;
import io.bodybroker.worldstate.v1.WatchEntitiesRequest;
import io.bodybroker.worldstate.v1.WatchEntitiesResponse;
import io.bodybroker.worldstate.v1.WatchKind;
import io.bodybroker.worldstate.v1.WorldEventType;
import io.bodybroker.worldstate.v1.WorldStateChanged;
import io.bodybroker.worldstate.v1.WorldStateClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two instances over real servers, as in production. */
@TestServers
class TwoInstancesTest {
  private static final Duration BOUND = Duration.ofSeconds(20);

  private RunningService service;
  private WorldStateClient world;

  @BeforeEach
  void start(NatsServer nats, RedisServer redis) {
    service = RunningService.of(WorldStateModule::new).start(nats, redis);
    world = WorldStateClient.on(service.bus());
  }

  @AfterEach
  void stop() {
    service.close();
  }

  private static WatchEntitiesResponse next(ResponseStream<WatchEntitiesResponse> stream) {
    assertThat(stream.awaitNext(BOUND)).as("a message in time").isTrue();
    return stream.next().orElseThrow();
  }

  @Test
  void loseNoUpdateOfManyWritersThatMergeIntoOneEntity() throws Exception {
    try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> running = new ArrayList<>();
      for (int client = 0; client < 10; client++) {
        int name = client;
        running.add(
            clients.submit(() -> {
              for (int i = 0; i < 10; i++) {
                world.updateEntity(
                    update(
                        "crowd",
                        merge(object("p" + name, i), "t" + name).setType(EntityType.OBJECT)));
              }
            }));
      }
      for (Future<?> client : running) {
        client.get();
      }
    }
    var entity =
        world
            .getEntity(GetEntityRequest.newBuilder().setWorldId(WORLD).setEntityId("crowd").build())
            .getEntity();
    assertThat(entity.getVersion()).isEqualTo(100);
    assertThat(entity.getTagsCount()).isEqualTo(10);
    IntStream.range(0, 10)
        .forEach(i ->
            assertThat(entity.getProperties().getFieldsOrThrow("p" + i).getNumberValue())
                .isEqualTo(9));
    Await.until(BOUND, "an event of each version", () -> versionsOf("crowd").size() == 100);
    assertThat(versionsOf("crowd")).isEqualTo(LongStream.rangeClosed(1, 100).boxed().toList());
  }

  private List<Long> versionsOf(String entity) {
    return service.published(EntityUpdated.getDefaultInstance()).stream()
        .filter(event -> event.getEntityId().equals(entity))
        .map(EntityUpdated::getVersion)
        .toList();
  }

  @Test
  void streamWhatEitherOfThemCommitsAndOnWhenOneOfThemStops() {
    var watched = WatchEntitiesRequest.newBuilder().setWorldId(WORLD).addAllTags("watched");
    try (var stream = world.watchEntities(watched.build())) {
      assertThat(next(stream).getKind()).isEqualTo(WatchKind.RESET);
      assertThat(next(stream).getKind()).isEqualTo(WatchKind.COMPLETE);
      for (int i = 0; i < 6; i++) {
        world.updateEntity(update("w" + i, replace(object("n", i), "watched")));
        world.updateEntity(update("other" + i, replace(object("n", i))));
      }
      for (int i = 0; i < 6; i++) {
        assertThat(next(stream).getEntity().getEntityId()).isEqualTo("w" + i);
      }
      service.stopOne();
      world.deleteEntity(
          DeleteEntityRequest.newBuilder().setWorldId(WORLD).setEntityId("w3").build());
      world.updateEntity(update("w9", replace(object("n", 9), "watched")));
      // One that was resumed may hear of entities that it never had.
      var heard = new ArrayList<String>();
      WatchEntitiesResponse message;
      do {
        message = next(stream);
        heard.add(message.getKind() == WatchKind.GONE ? "-" + message.getEntityId() : "");
      } while (!message.getEntity().getEntityId().equals("w9"));
      assertThat(heard).contains("-w3");
    }
  }

  private static DayChanged day(int from, int to, long timeline) {
    return DayChanged.newBuilder()
        .setWorldId("living")
        .setFrom(date(from))
        .setTo(date(to))
        .setDays(to - from)
        .setTimeline(timeline)
        .build();
  }

  private static GameTime date(int day) {
    return GameTime.newBuilder().setYear(1).setMonth(1).setDay(day).build();
  }

  private GetEconomyResponse economy() {
    return world.getEconomy(GetEconomyRequest.newBuilder().setWorldId("living").build());
  }

  @Test
  void liveEachDayOnceBetweenThem() {
    assertThat(economy().getVersion()).isZero();
    for (int i = 2; i <= 9; i++) {
      service.bus().events().publish(day(i - 1, i, 0), "day:" + i);
      // What is published under another id comes again as another event.
      service.bus().events().publish(day(i - 1, i, 0), "again:" + i);
    }
    Await.until(BOUND, "the last day", () -> economy().getDay() == 8);
    Await.until(BOUND, "the events of all days", () -> daysLived() == 8);
    assertThat(daysLived()).isEqualTo(8);
    var changes = societies();
    assertThat(changes)
        .extracting(change -> change.getSociety().getVersion())
        .isEqualTo(LongStream.rangeClosed(1, changes.size()).boxed().toList());
    assertThat(economy().getVersion()).isEqualTo(changes.size());
    assertThat(economy().getEconomy()).isEqualTo(changes.getLast().getSociety().getEconomy());
  }

  @Test
  void haveCheaperMedicineForEachDealOnce() {
    var deal =
        DealCompleted.newBuilder()
            .setWorldId("trading")
            .setDealId("deal-1")
            .addParts(DealPart.getDefaultInstance())
            .addParts(DealPart.getDefaultInstance())
            .build();
    for (int i = 0; i < 4; i++) {
      service.bus().events().publish(deal, "deal-1");
    }
    service.bus().events().publish(deal.toBuilder().setDealId("deal-2").build(), "deal-2");
    var request = GetEconomyRequest.newBuilder().setWorldId("trading").build();
    Await.until(BOUND, "both deals", () -> world.getEconomy(request).getVersion() == 2);
    var medicine =
        world.getEconomy(request).getEconomy().getPricesList().stream()
            .filter(price -> price.getResource() == Resource.MEDICINE)
            .findFirst()
            .orElseThrow();
    assertThat(medicine.getPrice()).isCloseTo(150 * 0.98 * 0.98, within(1e-9));
  }

  @Test
  void readOutOfMemoryWhatIsAsRecentAsTheReaderSays() {
    var request = GetEntityRequest.newBuilder().setWorldId(WORLD).setEntityId("near");
    for (int version = 1; version <= 20; version++) {
      world.updateEntity(update("near", replace(object("n", version))));
      for (int i = 0; i < 4; i++) {
        var read = world.getEntity(request.setMinVersion(version).build()).getEntity();
        assertThat(read.getVersion()).isEqualTo(version);
      }
    }
    assertFails(ErrorCode.NOT_FOUND, () -> world.getEntity(request.setEntityId("nobody").build()));
  }

  private List<WorldStateChanged> societies() {
    return service.published(WorldStateChanged.getDefaultInstance()).stream()
        .filter(WorldStateChanged::hasSociety)
        .filter(change -> change.getWorldId().equals("living"))
        .toList();
  }

  private int daysLived() {
    return societies().stream().mapToInt(change -> change.getSociety().getDaysLived()).sum();
  }

  @Test
  void agreeOnFlagsAndTellWhichChanged() {
    var first = flags(object("war", true, "king", "none"));
    assertThat(world.updateFlags(first).getVersion()).isEqualTo(1);
    var second = flags(object("war", null, "king", "none", "season", 3));
    assertThat(world.updateFlags(second).getVersion()).isEqualTo(2);
    var there = world.getFlags(GetFlagsRequest.newBuilder().setWorldId(WORLD).build());
    assertThat(there.getFlags()).isEqualTo(object("king", "none", "season", 3));
    assertThat(there.getVersion()).isEqualTo(2);
    var late = first.toBuilder().setExpectedVersion(1).build();
    var error = assertFails(ErrorCode.ABORTED, () -> world.updateFlags(late));
    assertThat(error.details()).containsEntry("current_version", "2");
    Await.until(BOUND, "both events", () -> flagChanges().size() == 2);
    assertThat(flagChanges().getLast())
        .isEqualTo(
            FlagsChanged.newBuilder()
                .setVersion(2)
                .setSet(object("season", 3))
                .addRemoved("war")
                .build());
  }

  private static UpdateFlagsRequest flags(com.google.protobuf.Struct flags) {
    return UpdateFlagsRequest.newBuilder().setWorldId(WORLD).setFlags(flags).build();
  }

  private List<FlagsChanged> flagChanges() {
    return service.published(WorldStateChanged.getDefaultInstance()).stream()
        .filter(WorldStateChanged::hasFlags)
        .map(WorldStateChanged::getFlags)
        .toList();
  }

  @Test
  void haveASocietyInEachWorldThatAnswersToWhatIsDoneToIt() {
    var id = "society";
    var quote =
        QuoteTradeRequest.newBuilder()
            .setWorldId(id)
            .setResource(Resource.MEDICINE)
            .setQuantity(2)
            .setSellerFactionId("aeternagen")
            .setBuyerFactionId("praetorians");
    assertThat(world.quoteTrade(quote.build()).getDiscount()).isCloseTo(0.03, within(1e-9));
    assertFails(
        ErrorCode.NOT_FOUND, () -> world.quoteTrade(quote.setBuyerFactionId("nobody").build()));

    var key = CallOptions.defaults().withIdempotencyKey("crash");
    var crash =
        TriggerEconomicEventRequest.newBuilder()
            .setWorldId(id)
            .setType(EconomicEventType.MARKET_CRASH)
            .build();
    var crashed = world.triggerEconomicEvent(crash, key);
    assertThat(world.triggerEconomicEvent(crash, key)).isEqualTo(crashed);
    assertThat(crashed.getEconomy().getStability()).isCloseTo(0.5, within(1e-9));

    var put =
        PutFactionRequest.newBuilder()
            .setWorldId(id)
            .setFactionId("harvesters")
            .setName("The Harvesters")
            .setPowerLevel(90)
            .build();
    assertThat(world.putFaction(put).getFaction().getPower()).isCloseTo(0.9, within(1e-9));
    var weaker =
        AdjustPowerRequest.newBuilder()
            .setWorldId(id)
            .setFactionId("harvesters")
            .setDelta(-0.2)
            .build();
    assertThat(world.adjustPower(weaker).getFaction().getPowerLevel()).isCloseTo(70, within(1e-9));
    var hated =
        AdjustRelationshipRequest.newBuilder()
            .setWorldId(id)
            .setFactionId("harvesters")
            .setOtherFactionId("dawn_court")
            .setDelta(-0.9)
            .build();
    assertThat(world.adjustRelationship(hated).getValue()).isCloseTo(-0.9, within(1e-9));
    assertThat(
            world
                .listConflicts(ListConflictsRequest.newBuilder().setWorldId(id).build())
                .getConflicts(0)
                .getOtherFactionId())
        .isEqualTo("harvesters");
    var resolved =
        world.resolveConflict(
            ResolveConflictRequest.newBuilder()
                .setWorldId(id)
                .setFactionId("dawn_court")
                .setOtherFactionId("harvesters")
                .setResolution(Resolution.ALLIANCE)
                .build());
    assertThat(resolved.getInConflict()).isFalse();
    var claim =
        ClaimTerritoryRequest.newBuilder()
            .setWorldId(id)
            .setTerritoryId("veils_edge")
            .setFactionId("harvesters")
            .build();
    assertThat(world.claimTerritory(claim).getOwned()).isTrue();
    assertThat(
            world
                .listTerritories(ListTerritoriesRequest.newBuilder().setWorldId(id).build())
                .getTerritoriesCount())
        .isEqualTo(5);
    var started =
        world.startWorldEvent(
            StartWorldEventRequest.newBuilder()
                .setWorldId(id)
                .setType(WorldEventType.DISASTER)
                .build());
    assertThat(
            world
                .listWorldEvents(
                    ListWorldEventsRequest.newBuilder().setWorldId(id).setActiveOnly(true).build())
                .getEventsList())
        .containsExactly(started.getEvent());
    var factions = world.listFactions(ListFactionsRequest.newBuilder().setWorldId(id).build());
    assertThat(factions.getFactionsCount()).isEqualTo(9);
    assertThat(factions.getVersion()).isEqualTo(started.getVersion());
  }

  @Test
  void refuseWhatIsWrongAndNameIt() {
    assertRefuses(
        () ->
            world.getEntity(
                GetEntityRequest.newBuilder().setEntityId("a b").setMinVersion(-1).build()),
        "world_id",
        "entity_id",
        "min_version");
    assertRefuses(
        () ->
            world.listEntities(
                ListEntitiesRequest.newBuilder()
                    .setWorldId(WORLD)
                    .addTypesValue(9)
                    .addAllTags("t".repeat(65))
                    .addAnyTags("t".repeat(65))
                    .addWhere(PropertyEquals.getDefaultInstance())
                    .setPageSize(501)
                    .setPageToken("no token")
                    .setMinPosition(-1)
                    .build()),
        "types[0]",
        "all_tags[0]",
        "any_tags[0]",
        "where[0].property",
        "where[0].value",
        "page_size",
        "page_token",
        "min_position");
    assertRefuses(
        () -> world.updateEntity(UpdateEntityRequest.newBuilder().setWorldId("w").build()),
        "entity_id",
        "update");
    assertRefuses(
        () ->
            world.updateEntity(
                update(
                    "a",
                    EntityUpdate.newBuilder()
                        .setTypeValue(9)
                        .setTagModeValue(9)
                        .setExpectedVersion(-1))),
        "update.mode",
        "update.type",
        "update.tag_mode",
        "update.expected_version");
    assertRefuses(
        () ->
            world.batchUpdateEntities(
                BatchUpdateEntitiesRequest.newBuilder().setWorldId(WORLD).build()),
        "updates");
    assertRefuses(
        () ->
            world.batchUpdateEntities(
                BatchUpdateEntitiesRequest.newBuilder()
                    .setWorldId(WORLD)
                    .addUpdates(BatchUpdate.getDefaultInstance())
                    .build()),
        "updates[0].entity_id",
        "updates[0].update");
    assertRefuses(
        () ->
            world.deleteEntity(
                DeleteEntityRequest.newBuilder()
                    .setWorldId(WORLD)
                    .setEntityId("")
                    .setExpectedVersion(-1)
                    .build()),
        "entity_id",
        "expected_version");
    assertRefuses(() -> world.updateFlags(flags(object("", 1))), "flags");
    assertRefuses(
        () -> world.updateFlags(UpdateFlagsRequest.newBuilder().setWorldId(WORLD).build()),
        "flags");
    assertRefuses(
        () -> world.quoteTrade(QuoteTradeRequest.newBuilder().setWorldId(WORLD).build()),
        "resource",
        "quantity");
    assertRefuses(
        () ->
            world.quoteTrade(
                QuoteTradeRequest.newBuilder()
                    .setWorldId(WORLD)
                    .setResource(Resource.FOOD)
                    .setQuantity(1)
                    .setSellerFactionId("aeternagen")
                    .build()),
        "buyer_faction_id");
    assertRefuses(
        () ->
            world.triggerEconomicEvent(
                TriggerEconomicEventRequest.newBuilder()
                    .setWorldId(WORLD)
                    .setIntensity(2)
                    .setResourceValue(77)
                    .build()),
        "type",
        "intensity",
        "resource");
    assertRefuses(
        () ->
            world.putFaction(
                PutFactionRequest.newBuilder()
                    .setWorldId(WORLD)
                    .setName("n".repeat(65))
                    .setPowerLevel(101)
                    .setMembers(-1)
                    .setAverageLevel(1.1)
                    .build()),
        "faction_id",
        "name",
        "power_level",
        "members",
        "average_level");
    assertRefuses(
        () ->
            world.adjustPower(
                AdjustPowerRequest.newBuilder().setWorldId(WORLD).setDelta(1.5).build()),
        "faction_id",
        "delta");
    assertRefuses(
        () ->
            world.adjustRelationship(
                AdjustRelationshipRequest.newBuilder().setWorldId(WORLD).setDelta(-3).build()),
        "faction_id",
        "other_faction_id",
        "delta");
    assertRefuses(
        () ->
            world.adjustRelationship(
                AdjustRelationshipRequest.newBuilder()
                    .setWorldId(WORLD)
                    .setFactionId("aeternagen")
                    .setOtherFactionId("aeternagen")
                    .build()),
        "other_faction_id");
    assertRefuses(
        () -> world.resolveConflict(ResolveConflictRequest.newBuilder().setWorldId(WORLD).build()),
        "faction_id",
        "other_faction_id",
        "resolution");
    assertRefuses(
        () ->
            world.claimTerritory(
                ClaimTerritoryRequest.newBuilder().setWorldId(WORLD).setMembers(-1).build()),
        "territory_id",
        "faction_id",
        "members");
    assertRefuses(
        () ->
            world.startWorldEvent(
                StartWorldEventRequest.newBuilder().setWorldId(WORLD).setIntensity(2).build()),
        "type",
        "intensity");
  }
}
