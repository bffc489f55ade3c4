package io.bodybroker.worldstate;

import static io.bodybroker.sdk.testing.Json.object;
import static io.bodybroker.sdk.testing.Json.value;
import static io.bodybroker.sdk.testing.ServiceAssertions.assertFails;
import static io.bodybroker.sdk.testing.ServiceAssertions.assertRefuses;
import static io.bodybroker.worldstate.Calls.WORLD;
import static io.bodybroker.worldstate.Calls.call;
import static io.bodybroker.worldstate.Calls.merge;
import static io.bodybroker.worldstate.Calls.replace;
import static io.bodybroker.worldstate.Calls.update;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import com.google.protobuf.Value;
import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.idempotency.IdempotentCall;
import io.bodybroker.sdk.store.Change;
import io.bodybroker.sdk.store.MemoryStores;
import io.bodybroker.sdk.store.Store;
import io.bodybroker.sdk.time.ProtoTimes;
import io.bodybroker.sdk.v1.AppliedCall;
import io.bodybroker.worldstate.state.v1.StoredArea;
import io.bodybroker.worldstate.state.v1.StoredEntity;
import io.bodybroker.worldstate.v1.BatchResult;
import io.bodybroker.worldstate.v1.BatchUpdate;
import io.bodybroker.worldstate.v1.BatchUpdateEntitiesRequest;
import io.bodybroker.worldstate.v1.DeleteEntityRequest;
import io.bodybroker.worldstate.v1.Entity;
import io.bodybroker.worldstate.v1.EntityChange;
import io.bodybroker.worldstate.v1.EntityType;
import io.bodybroker.worldstate.v1.EntityUpdate;
import io.bodybroker.worldstate.v1.EntityUpdated;
import io.bodybroker.worldstate.v1.GetEntityRequest;
import io.bodybroker.worldstate.v1.ListEntitiesRequest;
import io.bodybroker.worldstate.v1.ListEntitiesResponse;
import io.bodybroker.worldstate.v1.PropertyEquals;
import io.bodybroker.worldstate.v1.TagMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EntitiesTest {
  private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

  private final Store<StoredEntity> store = MemoryStores.open(StoredEntity.getDefaultInstance());
  private final Store<StoredArea> areas = MemoryStores.open(StoredArea.getDefaultInstance());
  private final List<Message> published = new ArrayList<>();
  private final LiveEntities live = new LiveEntities();
  private final WorldState world = world();

  private WorldState world() {
    store.watch("", live::tell);
    var entities = new Entities(store, live);
    return new WorldState(
        entities,
        new EntityCommits(store, live, () -> NOW),
        new EntityWatch(entities, live),
        new Flags(areas, () -> NOW),
        new Societies(areas, () -> NOW));
  }

  /** Each revision as the store's feed tells it. */
  @BeforeEach
  void feed() {
    store.watch("", change -> published.addAll(EntityEvents.FEED.eventsOf(change)));
  }

  private long write(String entity, EntityUpdate.Builder update) {
    return world.updateEntity(update(entity, update), call("")).getVersion();
  }

  private Entity read(String entity) {
    return world
        .getEntity(
            GetEntityRequest.newBuilder().setWorldId(WORLD).setEntityId(entity).build(), call(""))
        .getEntity();
  }

  private long delete(String entity) {
    return world
        .deleteEntity(
            DeleteEntityRequest.newBuilder().setWorldId(WORLD).setEntityId(entity).build(),
            call(""))
        .getVersion();
  }

  private static ListEntitiesRequest.Builder list() {
    return ListEntitiesRequest.newBuilder().setWorldId(WORLD);
  }

  private List<String> ids(ListEntitiesRequest.Builder request) {
    return page(request).getEntitiesList().stream().map(Entity::getEntityId).toList();
  }

  private ListEntitiesResponse page(ListEntitiesRequest.Builder request) {
    return world.listEntities(request.build(), call(""));
  }

  private static PropertyEquals property(String name, Value value) {
    return PropertyEquals.newBuilder().setProperty(name).setValue(value).build();
  }

  @Test
  void haveVersionOneAtFirstAndOneMoreWithEachCommit() {
    assertThat(write("mara", replace(object("hp", 5), "b", "a", "b"))).isEqualTo(1);
    assertThat(read("mara"))
        .isEqualTo(
            Entity.newBuilder()
                .setWorldId(WORLD)
                .setEntityId("mara")
                .setType(EntityType.NPC)
                .setProperties(object("hp", 5))
                .addTags("a")
                .addTags("b")
                .setVersion(1)
                .setCreatedAt(ProtoTimes.timestamp(NOW))
                .setUpdatedAt(ProtoTimes.timestamp(NOW))
                .build());
    assertThat(write("mara", merge(object("hp", 6)))).isEqualTo(2);
    assertThat(delete("mara")).isEqualTo(3);
    assertThat(write("mara", replace(object()))).isEqualTo(4);
  }

  @Test
  void areMergedPropertyByPropertyAndNullRemoves() {
    write("mara", replace(object("hp", 5, "pos", object("x", 1, "y", 2), "gone", true), "a"));
    write("mara", merge(object("pos", object("x", 3), "gone", null, "new", "n"), "b"));
    assertThat(read("mara").getProperties())
        .isEqualTo(object("hp", 5, "pos", object("x", 3), "new", "n"));
    assertThat(read("mara").getTagsList()).containsExactly("a", "b");
    assertThat(read("mara").getType()).isEqualTo(EntityType.NPC);
  }

  @Test
  void areReplacedAsAWhole() {
    write("mara", replace(object("hp", 5), "a"));
    write("mara", replace(object("mp", 1, "none", null)).setType(EntityType.OBJECT));
    assertThat(read("mara").getProperties()).isEqualTo(object("mp", 1));
    assertThat(read("mara").getTagsList()).isEmpty();
    assertThat(read("mara").getType()).isEqualTo(EntityType.OBJECT);
  }

  @Test
  void changeTagsAsAsked() {
    write("mara", replace(object(), "a", "b"));
    write("mara", merge(object(), "b", "x").setTagMode(TagMode.REMOVE_TAGS));
    assertThat(read("mara").getTagsList()).containsExactly("a");
    write("mara", merge(object(), "c").setTagMode(TagMode.ADD_TAGS));
    assertThat(read("mara").getTagsList()).containsExactly("a", "c");
    write("mara", merge(object(), "d").setTagMode(TagMode.REPLACE_TAGS));
    assertThat(read("mara").getTagsList()).containsExactly("d");
  }

  @Test
  void areCommittedOnTheExpectedVersionAlone() {
    write("mara", replace(object("hp", 5)));
    var error =
        assertFails(
            ErrorCode.ABORTED, () -> write("mara", merge(object("hp", 6)).setExpectedVersion(2)));
    assertThat(error.details()).containsEntry("current_version", "1");
    assertThat(read("mara").getProperties()).isEqualTo(object("hp", 5));
    assertThat(write("mara", merge(object("hp", 6)).setExpectedVersion(1))).isEqualTo(2);
    assertFails(
        ErrorCode.ALREADY_EXISTS, () -> write("mara", replace(object()).setCreateOnly(true)));
    assertThat(write("new", replace(object()).setExpectedVersion(0))).isEqualTo(1);
    assertThat(published).hasSize(3);
  }

  @Test
  void leaveTheirVersionBehindWhenTheyAreDeleted() {
    write("mara", replace(object("hp", 5), "a"));
    delete("mara");
    var error = assertFails(ErrorCode.NOT_FOUND, () -> read("mara"));
    assertThat(error.details()).containsEntry("current_version", "2");
    assertFails(ErrorCode.NOT_FOUND, () -> delete("mara"));
    assertFails(ErrorCode.ABORTED, () -> write("mara", replace(object()).setExpectedVersion(1)));
    assertThat(write("mara", replace(object()).setCreateOnly(true))).isEqualTo(3);
    assertFails(ErrorCode.NOT_FOUND, () -> delete("nobody"));
  }

  @Test
  void tellWhatEachVersionChanged() {
    write("mara", replace(object("hp", 5, "mp", 1), "a"));
    write("mara", merge(object("hp", 6, "mp", null, "x", 1), "b"));
    delete("mara");
    assertThat(published)
        .extracting(EntityUpdated.class::cast)
        .extracting(
            EntityUpdated::getChange,
            EntityUpdated::getVersion,
            event -> List.copyOf(event.getChangedPropertiesList()),
            event -> List.copyOf(event.getTagsList()))
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(
                EntityChange.CREATED, 1L, List.of("hp", "mp"), List.of("a")),
            org.assertj.core.groups.Tuple.tuple(
                EntityChange.UPDATED, 2L, List.of("hp", "mp", "x"), List.of("a", "b")),
            org.assertj.core.groups.Tuple.tuple(
                EntityChange.DELETED, 3L, List.of("hp", "x"), List.of("a", "b")));
  }

  @Test
  void haveOneEffectForOneKeyAndOneAnswer() {
    var request = update("mara", merge(object("hp", 5)).setType(EntityType.NPC));
    var first = world.updateEntity(request, call("key-1"));
    write("mara", merge(object("hp", 9)));
    assertThat(world.updateEntity(request, call("key-1"))).isEqualTo(first);
    assertThat(read("mara").getProperties()).isEqualTo(object("hp", 9));
    assertFails(
        ErrorCode.INVALID_ARGUMENT,
        () -> world.updateEntity(update("mara", merge(object())), call("key-1")));
    var deletion = DeleteEntityRequest.newBuilder().setWorldId(WORLD).setEntityId("mara").build();
    var deleted = world.deleteEntity(deletion, call("key-2"));
    assertThat(world.deleteEntity(deletion, call("key-2"))).isEqualTo(deleted);
  }

  @Test
  void rememberTheLastCallAloneWhenTheyAreDeleted() {
    for (int i = 0; i < 20; i++) {
      world.updateEntity(
          update("mara", merge(object("hp", i)).setType(EntityType.NPC)), call("k" + i));
    }
    assertThat(calls("mara")).hasSize(EntityDocument.CALLS_KEPT).last().isEqualTo("k19");
    delete("mara");
    assertThat(calls("mara")).containsExactly("k19");
    write("mara", replace(object()));
    var deletion = DeleteEntityRequest.newBuilder().setWorldId(WORLD).setEntityId("mara").build();
    world.deleteEntity(deletion, call("gone"));
    assertThat(calls("mara")).containsExactly("gone");
    assertThat(live.byId(WORLD, 0)).isEmpty();
    world.listEntities(ListEntitiesRequest.newBuilder().setWorldId(WORLD).build(), call(""));
    assertThat(live.byId(WORLD, 0).orElseThrow())
        .containsExactly(
            StoredEntity.newBuilder()
                .setEntity(Entity.newBuilder().setEntityId("mara").setVersion(23))
                .setDeleted(true)
                .build());
  }

  private List<String> calls(String entity) {
    return store
        .get(new EntityKey(WORLD, entity).key())
        .orElseThrow()
        .value()
        .getAppliedCalls()
        .getCallsList()
        .stream()
        .map(AppliedCall::getKey)
        .toList();
  }

  @Test
  void areSoManyInAWorldAndNoMoreWithThoseThatWereDeleted() {
    int most = EntityCommits.MAX_ENTITIES;
    var full = new LiveEntities();
    for (int i = 1; i <= most; i++) {
      full.tell(
          new Change.Put<>(
              new EntityKey(WORLD, "e" + i).key(),
              StoredEntity.newBuilder().setDeleted(i % 2 == 0).build(),
              i));
    }
    var commits = new EntityCommits(store, full, () -> NOW);
    var more = new EntityKey(WORLD, "one-more");
    var error = assertFails(ErrorCode.RESOURCE_EXHAUSTED, () -> create(commits, more));
    assertThat(error.message()).contains(Integer.toString(most));
    assertThat(error.mayHaveExecuted()).isFalse();
    assertThat(create(commits, new EntityKey("elsewhere", "one-more"))).isEqualTo(1);

    full.tell(new Change.Deleted<>(new EntityKey(WORLD, "e1").key(), most + 1L));
    assertThat(create(commits, more)).isEqualTo(1);
    full.tell(new Change.Put<>(more.key(), StoredEntity.getDefaultInstance(), most + 2L));
    assertThat(create(commits, more)).as("another version needs no room").isEqualTo(2);
  }

  private static long create(EntityCommits commits, EntityKey key) {
    var request = update(key.entityId(), replace(object()));
    return commits
        .update(
            key,
            new EntityChangeRequest(request.getUpdate(), "update"),
            IdempotentCall.of(call(""), request))
        .getVersion();
  }

  @Test
  void areFoundByTypeTagsAndProperties() {
    write("a", replace(object("faction", "court", "pos", object("x", 1)), "hostile", "fae"));
    write("b", replace(object("faction", "court"), "fae").setType(EntityType.PLAYER));
    write("c", replace(object("faction", "skulls", "a.b", 7), "hostile"));
    write("d", replace(object()));
    delete("d");
    assertThat(ids(list())).containsExactly("a", "b", "c");
    assertThat(ids(list().addTypes(EntityType.NPC))).containsExactly("a", "c");
    assertThat(ids(list().addAllTags("fae").addAllTags("hostile"))).containsExactly("a");
    assertThat(ids(list().addAnyTags("fae").addAnyTags("hostile"))).containsExactly("a", "b", "c");
    assertThat(ids(list().addWhere(property("faction", value("court"))))).containsExactly("a", "b");
    assertThat(ids(list().addWhere(property("pos.x", value(1))))).containsExactly("a");
    assertThat(ids(list().addWhere(property("a.b", value(7))))).containsExactly("c");
    assertThat(ids(list().addWhere(property("pos", value(null))))).containsExactly("b", "c");
    assertThat(ids(ListEntitiesRequest.newBuilder().setWorldId("elsewhere"))).isEmpty();
  }

  @Test
  void comePageByPageInTheOrderOfTheirIds() {
    IntStream.range(0, 7).forEach(i -> write("e" + i, replace(object())));
    var first = page(list().setPageSize(3));
    assertThat(first.getTotalSize()).isEqualTo(7);
    assertThat(first.getNextPageToken()).isEqualTo("e2");
    write("e20", replace(object()));
    assertThat(ids(list().setPageSize(3).setPageToken("e2"))).containsExactly("e20", "e3", "e4");
    var last = page(list().setPageSize(3).setPageToken("e4"));
    assertThat(last.getEntitiesCount()).isEqualTo(2);
    assertThat(last.getNextPageToken()).isEmpty();
  }

  @Test
  void comeOnSmallerPagesIfTheyAreLarge() {
    var large = "x".repeat(60 * 1024);
    IntStream.range(0, 20).forEach(i -> write("e" + (10 + i), replace(object("text", large))));
    var found = new ArrayList<String>();
    String token = "";
    do {
      var page = page(list().setPageSize(500).setPageToken(token));
      assertThat(page.getSerializedSize()).isLessThan(600 * 1024);
      page.getEntitiesList().forEach(entity -> found.add(entity.getEntityId()));
      token = page.getNextPageToken();
    } while (!token.isEmpty());
    assertThat(found).hasSize(20).isSorted();
  }

  @Test
  void areListedOutOfMemoryIfThatIsAsRecentAsTheReaderSays() {
    write("a", replace(object(), "x"));
    // The first to ask learns from the store how far the memory must have come.
    assertThat(ids(list().setMinPosition(0))).containsExactly("a");
    write("b", replace(object(), "x"));
    write("c", replace(object(), "y"));
    delete("b");
    assertThat(ids(list().setMinPosition(0))).containsExactly("a", "c");
    assertThat(ids(list().setMinPosition(1_000_000))).containsExactly("a", "c");
    assertThat(page(list().setMinPosition(0).setPageSize(1)))
        .isEqualTo(page(list().setPageSize(1)));
    assertThat(ids(list().setMinPosition(0).addAllTags("y"))).containsExactly("c");
  }

  private static BatchUpdate each(String entity, EntityUpdate.Builder update) {
    return BatchUpdate.newBuilder().setEntityId(entity).setUpdate(update).build();
  }

  private static BatchUpdateEntitiesRequest batch(BatchUpdate... updates) {
    return BatchUpdateEntitiesRequest.newBuilder()
        .setWorldId(WORLD)
        .addAllUpdates(List.of(updates))
        .build();
  }

  @Test
  void areUpdatedInABatchEachForItself() {
    write("b", replace(object("hp", 1)));
    var request =
        batch(
            each("a", replace(object("hp", 5))),
            each("b", replace(object("hp", 5)).setExpectedVersion(7)),
            each("c", merge(object("hp", 5)).setType(EntityType.OBJECT)));
    var answer = world.batchUpdateEntities(request, call("batch"));
    assertThat(answer.getResultsList())
        .extracting(BatchResult::getEntityId, BatchResult::getOutcomeCase)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("a", BatchResult.OutcomeCase.COMMITTED),
            org.assertj.core.groups.Tuple.tuple("b", BatchResult.OutcomeCase.FAILED),
            org.assertj.core.groups.Tuple.tuple("c", BatchResult.OutcomeCase.COMMITTED));
    assertThat(answer.getResults(1).getFailed().getCode()).isEqualTo("ABORTED");
    assertThat(answer.getResults(1).getFailed().getCurrentVersion()).isEqualTo(1);
    assertThat(world.batchUpdateEntities(request, call("batch"))).isEqualTo(answer);
    assertThat(read("a").getVersion()).isEqualTo(1);
  }

  @Test
  void areNotUpdatedAtAllIfOneUpdateOfABatchIsWrong() {
    assertRefuses(
        () ->
            world.batchUpdateEntities(
                batch(each("a", replace(object())), each("b", replace(object("hp", Double.NaN)))),
                call("")),
        "updates[1].update.properties.hp");
    assertRefuses(
        () ->
            world.batchUpdateEntities(
                batch(each("a", replace(object())), each("a", replace(object()))), call("")),
        "updates[1].entity_id");
    assertThat(published).isEmpty();
  }

  @Test
  void refuseWhatNoEntityCanBeAndNameIt() {
    assertRefuses(
        () -> write("a", replace(object()).setType(EntityType.ENTITY_TYPE_UNSPECIFIED)),
        "update.type");
    assertRefuses(() -> write("a", merge(object())), "update.type");
    assertRefuses(() -> write("a", replace(object("", 1))), "update.properties");
    assertRefuses(() -> write("a", replace(object("n".repeat(129), 1))), "update.properties");
    assertRefuses(() -> write("a", replace(object("x", "x".repeat(70_000)))), "update.properties");
    assertRefuses(
        () -> write("a", replace(object("x", Value.getDefaultInstance()))), "update.properties.x");
    var deep = value(1);
    for (int i = 0; i < 16; i++) {
      deep = value(List.of(deep));
    }
    Value tooDeep = deep;
    assertRefuses(
        () -> write("a", replace(object("x", tooDeep))), "update.properties.x" + "[0]".repeat(15));
    assertRefuses(() -> write("a", replace(object(), "ok", "")), "update.tags[1]");
    assertRefuses(() -> write("a", replace(object(), "t".repeat(65))), "update.tags[0]");
    assertRefuses(
        () -> write("a", replace(object()).setCreateOnly(true).setExpectedVersion(1)),
        "update.create_only");
    assertRefuses(() -> ids(list().addTypes(EntityType.ENTITY_TYPE_UNSPECIFIED)), "types[0]");
    assertRefuses(
        () -> ids(list().addWhere(property("x", Value.getDefaultInstance()))), "where[0].value");
  }

  @Test
  void stayWithinTheirBoundsWhenTheyAreMergedInto() {
    var many = new TreeMap<String, Object>();
    IntStream.range(0, 256).forEach(i -> many.put("p" + i, i));
    write("a", replace(value(many).getStructValue()));
    assertRefuses(() -> write("a", merge(object("one-more", 1))), "update.properties");
    write("b", replace(object("x", "x".repeat(60_000))));
    assertRefuses(() -> write("b", merge(object("y", "y".repeat(6_000)))), "update.properties");
    write("c", replace(object(), tags(64)));
    assertRefuses(() -> write("c", merge(object(), "one-more")), "update.tags");
  }

  private static String[] tags(int count) {
    return IntStream.range(0, count).mapToObj(i -> "t" + i).toArray(String[]::new);
  }

  /** Each entry is what to do: replace, merge, delete, or to expect what is not so. */
  @Property(tries = 60)
  void haveDenseVersionsAndOneEventEachWhateverIsDone(
      @ForAll @Size(max = 40) List<@IntRange(min = 0, max = 3) Integer> steps) {
    var fresh = new EntitiesTest();
    fresh.feed();
    fresh.doAll(steps);
  }

  private void doAll(List<Integer> steps) {
    long version = 0;
    boolean isThere = false;
    for (int step : steps) {
      switch (step) {
        case 0 -> {
          assertThat(write("e", replace(object("n", version)))).isEqualTo(++version);
          isThere = true;
        }
        case 1 -> {
          var update = merge(object("m", version)).setType(EntityType.NPC);
          assertThat(write("e", update)).isEqualTo(++version);
          isThere = true;
        }
        case 2 -> {
          if (isThere) {
            assertThat(delete("e")).isEqualTo(++version);
            isThere = false;
          }
        }
        default -> {
          long wrong = version + 1;
          assertFails(
              ErrorCode.ABORTED, () -> write("e", replace(object()).setExpectedVersion(wrong)));
        }
      }
    }
    assertThat(published).hasSize((int) version);
    assertThat(ids(list())).hasSize(isThere ? 1 : 0);
  }
}
