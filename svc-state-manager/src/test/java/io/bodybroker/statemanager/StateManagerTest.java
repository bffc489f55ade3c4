package io.bodybroker.statemanager;

import static io.bodybroker.sdk.testing.Json.object;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.Message;
import com.google.protobuf.Struct;
import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.sdk.rpc.CallContext;
import io.bodybroker.sdk.rpc.CallMetadata;
import io.bodybroker.sdk.store.MemoryStores;
import io.bodybroker.sdk.store.Store;
import io.bodybroker.sdk.testing.ServiceAssertions;
import io.bodybroker.statemanager.state.v1.StoredState;
import io.bodybroker.statemanager.v1.DeleteStateRequest;
import io.bodybroker.statemanager.v1.EntityStateUpdated;
import io.bodybroker.statemanager.v1.GetStateRequest;
import io.bodybroker.statemanager.v1.GetStateResponse;
import io.bodybroker.statemanager.v1.IncrementCounterRequest;
import io.bodybroker.statemanager.v1.PlayerStateUpdated;
import io.bodybroker.statemanager.v1.StateChange;
import io.bodybroker.statemanager.v1.UpdateMode;
import io.bodybroker.statemanager.v1.UpdateStateRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class StateManagerTest {
  private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

  private final Store<StoredState> store = MemoryStores.open(StoredState.getDefaultInstance());
  private final List<Message> published = new ArrayList<>();
  private final StateManager states = new StateManager(new Commits(store), () -> NOW);

  /** Each revision as the store's feed tells it. */
  @BeforeEach
  void feed() {
    store.watch("", change -> published.addAll(StateEvents.FEED.eventsOf(change)));
  }

  @Test
  void givesTheFirstWriteVersionOneAndEachFurtherOneMore() {
    assertThat(update(replace(object("a", 1)))).isEqualTo(1);
    assertThat(update(replace(object("a", 1)))).isEqualTo(2);
    assertThat(increment("a", 1)).isEqualTo(3);
    assertThat(delete()).isEqualTo(4);
    assertThat(update(replace(object()))).isEqualTo(5);
    assertThat(read().getVersion()).isEqualTo(5);
  }

  @Test
  void keepsPlayersAndEntitiesApart() {
    update(replace(object("a", 1)));
    var entity = GetStateRequest.newBuilder().setEntityId("ada").build();
    assertFails(ErrorCode.NOT_FOUND, 0, () -> states.getState(entity, call("")));
  }

  @Test
  void takesAnEmptyDocumentForADocument() {
    update(replace(object()));
    assertThat(read().getState()).isEqualTo(Struct.getDefaultInstance());
    assertFails(ErrorCode.ALREADY_EXISTS, 1, () -> update(replace(object()).setCreateOnly(true)));
  }

  @Test
  void commitsOnlyOnTheVersionThatWasExpected() {
    assertFails(ErrorCode.ABORTED, 0, () -> update(replace(object()).setExpectedVersion(1)));
    assertThat(update(replace(object("a", 1)).setExpectedVersion(0))).isEqualTo(1);
    assertFails(ErrorCode.ABORTED, 1, () -> update(replace(object()).setExpectedVersion(0)));
    assertThat(update(replace(object("a", 2)).setExpectedVersion(1))).isEqualTo(2);
    assertFails(ErrorCode.ABORTED, 2, () -> update(replace(object()).setExpectedVersion(1)));
    assertFails(ErrorCode.ABORTED, 2, () -> states.deleteState(deletion(1), call("")));
    assertThat(read().getState()).isEqualTo(object("a", 2));
    assertThat(published).hasSize(2);
  }

  @Test
  void leavesATombstoneSoThatAnOldVersionNeverMatchesAgain() {
    update(replace(object("a", 1)));
    delete();
    assertFails(ErrorCode.NOT_FOUND, 2, this::read);
    assertFails(ErrorCode.NOT_FOUND, 2, this::delete);
    assertFails(ErrorCode.ABORTED, 2, () -> update(replace(object()).setExpectedVersion(1)));
    assertThat(update(replace(object()).setCreateOnly(true))).isEqualTo(3);
  }

  @Test
  void mergesOrReplacesAsAsked() {
    update(replace(object("a", 1, "b", object("c", 2))));
    update(merge(object("b", object("d", 3), "a", null)));
    assertThat(read().getState()).isEqualTo(object("b", object("c", 2, "d", 3)));
    update(replace(object("x", null)));
    assertThat(read().getState()).isEqualTo(object("x", null));
  }

  @Test
  void countsFromZeroWithoutADocument() {
    var request = IncrementCounterRequest.newBuilder().setPlayerId("ada").setPath("kills").setBy(4);
    var answer = states.incrementCounter(request.build(), call(""));
    assertThat(answer.getValue()).isEqualTo(4);
    assertThat(answer.getVersion()).isEqualTo(1);
  }

  @Test
  void answersARepeatWithItsFirstAnswerAndWithoutAnotherEffect() {
    var request = IncrementCounterRequest.newBuilder().setPlayerId("ada").setPath("n").setBy(1);
    var first = states.incrementCounter(request.build(), call("key-1"));
    increment("n", 10);
    var again = states.incrementCounter(request.build(), call("key-1"));
    assertThat(again).isEqualTo(first);
    assertThat(read().getState()).isEqualTo(object("n", 11));
    assertThat(versions()).containsExactly(1L, 2L);
  }

  @Test
  void answersARepeatedDeletionAsTheFirst() {
    update(replace(object()));
    var first = states.deleteState(deletion(1), call("key-1"));
    assertThat(states.deleteState(deletion(1), call("key-1"))).isEqualTo(first);
  }

  @Test
  void refusesAKeyThatWasUsedForAnotherRequest() {
    states.updateState(replace(object("a", 1)).build(), call("key-1"));
    var error =
        catchThrowableOfType(
            ServiceException.class,
            () -> states.updateState(replace(object("a", 2)).build(), call("key-1")));
    assertThat(error.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT);
    assertThat(error.message()).contains("idempotency key: key-1");
  }

  @Test
  void remembersKeysUpToItsLimit() {
    for (int i = 0; i <= Commits.CALLS_KEPT; i++) {
      states.updateState(replace(object("i", i)).build(), call("key-" + i));
    }
    assertThat(states.updateState(replace(object("i", 1)).build(), call("key-1")).getVersion())
        .isEqualTo(2);
    assertThat(states.updateState(replace(object("i", 0)).build(), call("key-0")).getVersion())
        .isEqualTo(Commits.CALLS_KEPT + 2L);
  }

  @Test
  void tellsWhatChangedInOneEventForEachVersion() {
    update(replace(object("a", 1, "b", 2)));
    update(merge(object("b", 3, "c", 4)));
    delete();
    assertThat(published)
        .extracting(event -> ((PlayerStateUpdated) event).getChange())
        .containsExactly(StateChange.CREATED, StateChange.UPDATED, StateChange.DELETED);
    assertThat(published)
        .extracting(event -> List.copyOf(((PlayerStateUpdated) event).getChangedKeysList()))
        .containsExactly(List.of("a", "b"), List.of("b", "c"), List.of("a", "b", "c"));
    assertThat(versions()).containsExactly(1L, 2L, 3L);
  }

  @Test
  void publishesAnEntitysEventAsSuch() {
    var request =
        UpdateStateRequest.newBuilder()
            .setEntityId("door")
            .setMode(UpdateMode.MERGE)
            .setState(object("open", true));
    states.updateState(request.build(), call(""));
    assertThat(published).hasExactlyElementsOfTypes(EntityStateUpdated.class);
    assertThat(((EntityStateUpdated) published.getFirst()).getEntityId()).isEqualTo("door");
  }

  @Test
  void refusesARequestForNobody() {
    var error =
        catchThrowableOfType(
            ServiceException.class,
            () -> states.getState(GetStateRequest.getDefaultInstance(), call("")));
    assertThat(error.message()).isEqualTo("target: empty (expected: a player_id or an entity_id)");
  }

  @Test
  void refusesTwoPreconditionsAtOnce() {
    var request = replace(object()).setCreateOnly(true).setExpectedVersion(1);
    var error =
        catchThrowableOfType(
            ServiceException.class, () -> states.updateState(request.build(), call("")));
    assertThat(error.message())
        .isEqualTo("create_only: true (expected: only one of create_only and expected_version)");
  }

  /**
   * Whatever is asked in whatever order: versions are dense, none stands for two contents, refusals
   * change nothing.
   */
  @RepeatedTest(100)
  void neverUsesAVersionTwice(RepetitionInfo repetition) {
    var random = new Random(repetition.getCurrentRepetition());
    long version = 0;
    boolean exists = false;
    for (int step = 0; step < 100; step++) {
      var request = random.nextBoolean() ? replace(object("s", step)) : merge(object("m", step));
      long expected = random.nextInt((int) version + 2);
      switch (random.nextInt(5)) {
        case 0 -> {
          if (exists) {
            assertThat(delete()).isEqualTo(++version);
            exists = false;
          } else {
            assertFails(ErrorCode.NOT_FOUND, version, this::delete);
          }
        }
        case 1 -> {
          if (expected == version) {
            assertThat(update(request.setExpectedVersion(expected))).isEqualTo(++version);
            exists = true;
          } else {
            assertFails(
                ErrorCode.ABORTED, version, () -> update(request.setExpectedVersion(expected)));
          }
        }
        case 2 -> {
          if (exists) {
            assertFails(
                ErrorCode.ALREADY_EXISTS, version, () -> update(request.setCreateOnly(true)));
          } else {
            assertThat(update(request.setCreateOnly(true))).isEqualTo(++version);
            exists = true;
          }
        }
        case 3 -> {
          assertThat(increment("n", 1)).isEqualTo(++version);
          exists = true;
        }
        default -> {
          assertThat(update(request)).isEqualTo(++version);
          exists = true;
        }
      }
    }
    assertThat(versions()).doesNotHaveDuplicates().hasSize((int) version);
  }

  private long update(UpdateStateRequest.Builder request) {
    return states.updateState(request.build(), call("")).getVersion();
  }

  private long increment(String path, long by) {
    var request = IncrementCounterRequest.newBuilder().setPlayerId("ada").setPath(path).setBy(by);
    return states.incrementCounter(request.build(), call("")).getVersion();
  }

  private long delete() {
    var request = DeleteStateRequest.newBuilder().setPlayerId("ada").build();
    return states.deleteState(request, call("")).getVersion();
  }

  private GetStateResponse read() {
    return states.getState(GetStateRequest.newBuilder().setPlayerId("ada").build(), call(""));
  }

  private static UpdateStateRequest.Builder replace(Struct state) {
    return UpdateStateRequest.newBuilder()
        .setPlayerId("ada")
        .setMode(UpdateMode.REPLACE)
        .setState(state);
  }

  private static UpdateStateRequest.Builder merge(Struct state) {
    return replace(state).setMode(UpdateMode.MERGE);
  }

  private static DeleteStateRequest deletion(long expected) {
    return DeleteStateRequest.newBuilder().setPlayerId("ada").setExpectedVersion(expected).build();
  }

  private static CallContext call(String key) {
    var metadata = CallMetadata.builder();
    return CallContext.of(
        (key.isEmpty() ? metadata : metadata.idempotencyKey(key)).build(), Duration.ofSeconds(2));
  }

  private static void assertFails(ErrorCode code, long currentVersion, Executable call) {
    assertThat(ServiceAssertions.assertFails(code, call).details())
        .containsEntry("current_version", Long.toString(currentVersion));
  }

  private List<Long> versions() {
    return published.stream().map(event -> ((PlayerStateUpdated) event).getVersion()).toList();
  }
}
