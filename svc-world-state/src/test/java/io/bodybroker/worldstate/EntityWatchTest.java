package io.bodybroker.worldstate;

import static io.bodybroker.sdk.testing.Json.object;
import static io.bodybroker.worldstate.Calls.WORLD;
import static io.bodybroker.worldstate.Calls.call;
import static io.bodybroker.worldstate.Calls.merge;
import static io.bodybroker.worldstate.Calls.replace;
import static io.bodybroker.worldstate.Calls.update;
import static org.assertj.core.api.Assertions.assertThat;

import io.bodybroker.sdk.idempotency.IdempotentCall;
import io.bodybroker.sdk.rpc.ResponseWriter;
import io.bodybroker.sdk.store.MemoryStores;
import io.bodybroker.sdk.store.Store;
import io.bodybroker.worldstate.state.v1.StoredEntity;
import io.bodybroker.worldstate.v1.DeleteEntityRequest;
import io.bodybroker.worldstate.v1.EntityType;
import io.bodybroker.worldstate.v1.EntityUpdate;
import io.bodybroker.worldstate.v1.TagMode;
import io.bodybroker.worldstate.v1.WatchEntitiesRequest;
import io.bodybroker.worldstate.v1.WatchEntitiesResponse;
import io.bodybroker.worldstate.v1.WatchKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class EntityWatchTest {
  private final Store<StoredEntity> store = MemoryStores.open(StoredEntity.getDefaultInstance());
  private final LiveEntities live = new LiveEntities();
  private final EntityCommits commits =
      new EntityCommits(store, live, () -> Instant.parse("2026-11-23T12:00:00Z"));
  private final EntityWatch watch = new EntityWatch(new Entities(store, live), live);
  private final List<Watching> watching = new ArrayList<>();

  @BeforeEach
  void follow() {
    store.watch("", live::tell);
  }

  @AfterEach
  void stop() throws Exception {
    for (Watching each : watching) {
      each.stop();
    }
  }

  /** One reader, and what it was told. */
  private final class Watching implements ResponseWriter<WatchEntitiesResponse> {
    private final LinkedBlockingQueue<WatchEntitiesResponse> messages = new LinkedBlockingQueue<>();
    private final Thread thread;

    Watching(WatchEntitiesRequest request) {
      thread =
          Thread.ofVirtual()
              .start(() -> {
                try {
                  watch.run(request, this);
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
              });
    }

    @Override
    public void send(WatchEntitiesResponse message) {
      messages.add(message);
    }

    @Override
    public boolean isClosed() {
      return false;
    }

    WatchEntitiesResponse next() {
      try {
        var message = messages.poll(10, TimeUnit.SECONDS);
        assertThat(message).as("a message in time").isNotNull();
        return message;
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }

    /** What is said until it has all. */
    List<WatchEntitiesResponse> all() {
      var all = new ArrayList<WatchEntitiesResponse>();
      do {
        all.add(next());
      } while (all.getLast().getKind() != WatchKind.COMPLETE);
      return all;
    }

    void stop() throws InterruptedException {
      thread.interrupt();
      thread.join();
    }
  }

  private Watching watch(WatchEntitiesRequest.Builder request) {
    var one = new Watching(request.setWorldId(WORLD).build());
    watching.add(one);
    return one;
  }

  private void write(String entity, EntityUpdate.Builder update) {
    var request = update(entity, update);
    commits.update(
        new EntityKey(WORLD, entity),
        new EntityChangeRequest(request.getUpdate(), "update"),
        IdempotentCall.of(call(""), request));
  }

  private void delete(String entity) {
    var request = DeleteEntityRequest.newBuilder().setWorldId(WORLD).setEntityId(entity).build();
    commits.delete(request, IdempotentCall.of(call(""), request));
  }

  private static String said(WatchEntitiesResponse message) {
    return switch (message.getKind()) {
      case PRESENT -> "+" + message.getEntity().getEntityId();
      case GONE -> "-" + message.getEntityId();
      default -> message.getKind().name();
    };
  }

  private static List<String> said(List<WatchEntitiesResponse> messages) {
    return messages.stream().map(EntityWatchTest::said).toList();
  }

  @Test
  void beginsWithAllThereIsAndGoesOnWithWhatChanges() {
    write("a", replace(object()));
    write("b", replace(object()));
    delete("b");
    var reader = watch(WatchEntitiesRequest.newBuilder());
    assertThat(said(reader.all())).containsExactly("RESET", "+a", "COMPLETE");
    write("c", replace(object("hp", 1)));
    var told = reader.next();
    assertThat(said(told)).isEqualTo("+c");
    assertThat(told.getEntity().getProperties()).isEqualTo(object("hp", 1));
    delete("a");
    assertThat(said(reader.next())).isEqualTo("-a");
  }

  @Test
  void tellsOfAnEntityThatDoesNotMatchAnyMoreThatItIsGone() {
    var reader =
        watch(WatchEntitiesRequest.newBuilder().addTypes(EntityType.NPC).addAllTags("hostile"));
    reader.all();
    write("other", replace(object(), "friendly"));
    write("a", replace(object(), "hostile"));
    assertThat(said(reader.next())).isEqualTo("+a");
    write("a", merge(object(), "hostile").setTagMode(TagMode.REMOVE_TAGS));
    assertThat(said(reader.next())).isEqualTo("-a");
    write("a", merge(object("hp", 1)));
    write("a", merge(object(), "hostile"));
    assertThat(said(reader.next())).isEqualTo("+a");
  }

  @Test
  void missesNothingWhenResumedAndTellsOnlyWhatChanged() {
    write("a", replace(object()));
    write("b", replace(object()));
    write("c", replace(object()));
    var first = watch(WatchEntitiesRequest.newBuilder()).all();
    write("a", merge(object("hp", 1)));
    delete("b");
    write("d", replace(object()));
    var position = first.getLast().getPosition();
    var resumed = watch(WatchEntitiesRequest.newBuilder().setAfter(position)).all();
    assertThat(said(resumed)).containsExactly("+a", "-b", "+d", "COMPLETE");
  }

  @Test
  void canBeResumedInTheMiddleOfWhatThereIs() {
    for (String entity : List.of("a", "b", "c", "d")) {
      write(entity, replace(object()));
    }
    var all = watch(WatchEntitiesRequest.newBuilder()).all();
    for (int seen = 1; seen < all.size(); seen++) {
      var rest =
          watch(WatchEntitiesRequest.newBuilder().setAfter(all.get(seen).getPosition())).all();
      assertThat(said(rest)).isEqualTo(said(all).subList(Math.min(seen + 1, 5), 6));
    }
  }

  @Test
  void beginsAnewAfterAPlaceThatTheStoreHasNotComeTo() {
    write("a", replace(object()));
    var reader = watch(WatchEntitiesRequest.newBuilder().setAfter(1_000_000));
    assertThat(said(reader.all())).containsExactly("RESET", "+a", "COMPLETE");
  }

  @Test
  void tellsOfOneWorldAlone() {
    var reader = watch(WatchEntitiesRequest.newBuilder());
    reader.all();
    store.put(
        "elsewhere/x",
        StoredEntity.newBuilder()
            .setEntity(
                io.bodybroker.worldstate.v1.Entity.newBuilder()
                    .setWorldId("elsewhere")
                    .setEntityId("x")
                    .setVersion(1))
            .build());
    write("a", replace(object()));
    assertThat(said(reader.next())).isEqualTo("+a");
  }

  /** A reader that is cut off again and again ends up with what there is. */
  @RepeatedTest(10)
  void leavesAReaderWithWhatThereIsHoweverOftenItIsCutOff(RepetitionInfo repetition)
      throws Exception {
    var random = new Random(repetition.getCurrentRepetition());
    var known = new TreeMap<String, Long>();
    long position = 0;
    for (int round = 0; round < 8; round++) {
      var request = WatchEntitiesRequest.newBuilder().addAnyTags("x").addAnyTags("y");
      if (position > 0) {
        request.setAfter(position);
      }
      var reader = watch(request);
      for (int i = random.nextInt(12); i > 0; i--) {
        change("e" + random.nextInt(5), random);
      }
      // It reads some of what it is told, and at the end all.
      boolean isLast = round == 7;
      if (isLast) {
        reader.all().forEach(message -> apply(message, known));
        write("end", replace(object(), "x"));
        WatchEntitiesResponse message;
        do {
          message = reader.next();
          apply(message, known);
        } while (!said(message).equals("+end"));
      } else {
        for (int i = random.nextInt(8); i > 0 && reader.messages.peek() != null; i--) {
          var message = reader.next();
          apply(message, known);
          position = message.getPosition();
        }
      }
      reader.stop();
    }
    var there = new TreeMap<String, Long>();
    for (var document : store.list("")) {
      var entity = document.value().getEntity();
      if (!document.value().getDeleted()
          && (entity.getTagsList().contains("x") || entity.getTagsList().contains("y"))) {
        there.put(entity.getEntityId(), entity.getVersion());
      }
    }
    assertThat(known).isEqualTo(there);
  }

  private void change(String entity, Random random) {
    switch (random.nextInt(4)) {
      case 0 -> write(entity, replace(object(), "x"));
      case 1 -> write(entity, replace(object(), "z"));
      case 2 -> write(entity, merge(object("n", 1), "y").setType(EntityType.NPC));
      default -> {
        if (new Entities(store, live).get(new EntityKey(WORLD, entity)).exists()) {
          delete(entity);
        }
      }
    }
  }

  private static void apply(WatchEntitiesResponse message, Map<String, Long> known) {
    switch (message.getKind()) {
      case RESET -> known.clear();
      case PRESENT ->
          known.put(message.getEntity().getEntityId(), message.getEntity().getVersion());
      case GONE -> known.remove(message.getEntityId());
      default -> {
        // It has all there was.
      }
    }
  }
}
