package io.bodybroker.statemanager;

import com.google.protobuf.Struct;
import com.google.protobuf.Timestamp;
import io.bodybroker.sdk.idempotency.IdempotentCall;
import io.bodybroker.sdk.rpc.CallContext;
import io.bodybroker.sdk.rpc.LatestValue;
import io.bodybroker.sdk.rpc.ResponseWriter;
import io.bodybroker.sdk.time.ProtoTimes;
import io.bodybroker.statemanager.v1.DeleteStateRequest;
import io.bodybroker.statemanager.v1.DeleteStateResponse;
import io.bodybroker.statemanager.v1.GetStateRequest;
import io.bodybroker.statemanager.v1.GetStateResponse;
import io.bodybroker.statemanager.v1.IncrementCounterRequest;
import io.bodybroker.statemanager.v1.IncrementCounterResponse;
import io.bodybroker.statemanager.v1.StateManagerService;
import io.bodybroker.statemanager.v1.UpdateMode;
import io.bodybroker.statemanager.v1.UpdateStateRequest;
import io.bodybroker.statemanager.v1.UpdateStateResponse;
import io.bodybroker.statemanager.v1.WatchStateRequest;
import io.bodybroker.statemanager.v1.WatchStateResponse;
import java.time.InstantSource;

/**
 * Answers the calls to state-manager. Stateless: everything is in the store, so any instance
 * answers any call.
 */
public final class StateManager implements StateManagerService {
  private final Commits commits;
  private final InstantSource time;

  StateManager(Commits commits, InstantSource time) {
    this.commits = commits;
    this.time = time;
  }

  @Override
  public GetStateResponse getState(GetStateRequest request, CallContext call) {
    var target = Target.of(request);
    var document =
        request.hasMinVersion()
            ? commits.read(target, request.getMinVersion())
            : commits.read(target);
    requireExisting(target, document);
    return GetStateResponse.newBuilder()
        .setState(document.state())
        .setVersion(document.version())
        .setUpdatedAt(document.stored().getUpdatedAt())
        .build();
  }

  @Override
  public void watchState(
      WatchStateRequest request, CallContext call, ResponseWriter<WatchStateResponse> responses)
      throws InterruptedException {
    var target = Target.of(request);
    var latest = new LatestValue<StateDocument>();
    // Followed first and read then: no version is missed, and the watch may tell again what was
    // read, or what is older.
    try (var watch = commits.watch(target, latest::set)) {
      var document = commits.read(target);
      if (!request.hasAfterVersion() || request.getAfterVersion() != document.version()) {
        responses.send(watched(document));
      }
      while (true) {
        var next = latest.take();
        if (next.version() > document.version()) {
          document = next;
          responses.send(watched(document));
        }
      }
    }
  }

  private static WatchStateResponse watched(StateDocument document) {
    var answer = WatchStateResponse.newBuilder().setVersion(document.version());
    if (document.exists()) {
      answer.setState(document.state());
    }
    if (document.stored().hasUpdatedAt()) {
      answer.setUpdatedAt(document.stored().getUpdatedAt());
    }
    return answer.build();
  }

  @Override
  public UpdateStateResponse updateState(UpdateStateRequest request, CallContext call) {
    var target = Target.of(request);
    var precondition = Precondition.of(request);
    StateRules.check(request.getState());
    var receipt =
        commits.commit(
            target,
            IdempotentCall.of(call, request),
            document -> {
              precondition.check(target, document);
              return document.next(content(document, request), now());
            },
            document -> 0);
    return UpdateStateResponse.newBuilder()
        .setVersion(receipt.getVersion())
        .setUpdatedAt(receipt.getUpdatedAt())
        .build();
  }

  /**
   * What there is none of is merged into as if it were empty, and so the nulls of a patch never get
   * in.
   */
  private static Struct content(StateDocument document, UpdateStateRequest request) {
    return request.getMode() == UpdateMode.MERGE
        ? MergePatch.apply(document.state(), request.getState())
        : request.getState();
  }

  @Override
  public DeleteStateResponse deleteState(DeleteStateRequest request, CallContext call) {
    var target = Target.of(request);
    var precondition = Precondition.of(request);
    var receipt =
        commits.commit(
            target,
            IdempotentCall.of(call, request),
            document -> {
              requireExisting(target, document);
              precondition.check(target, document);
              return document.deleted(now());
            },
            document -> 0);
    return DeleteStateResponse.newBuilder()
        .setVersion(receipt.getVersion())
        .setUpdatedAt(receipt.getUpdatedAt())
        .build();
  }

  @Override
  public IncrementCounterResponse incrementCounter(
      IncrementCounterRequest request, CallContext call) {
    var target = Target.of(request);
    var counter = Counter.at(request.getPath());
    var receipt =
        commits.commit(
            target,
            IdempotentCall.of(call, request),
            document -> document.next(counter.add(document.state(), request.getBy()), now()),
            document -> counter.value(document.state()));
    return IncrementCounterResponse.newBuilder()
        .setValue(receipt.getCounter())
        .setVersion(receipt.getVersion())
        .setUpdatedAt(receipt.getUpdatedAt())
        .build();
  }

  private static void requireExisting(Target target, StateDocument document) {
    if (!document.exists()) {
      throw document.notFound(target);
    }
  }

  private Timestamp now() {
    return ProtoTimes.timestamp(time.instant());
  }
}
