package io.bodybroker.worldstate;

import com.google.protobuf.Struct;
import com.google.protobuf.Value.KindCase;
import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.sdk.idempotency.IdempotentCall;
import io.bodybroker.sdk.rpc.StructRules;
import io.bodybroker.sdk.store.Store;
import io.bodybroker.sdk.store.Versioned;
import io.bodybroker.sdk.time.ProtoTimes;
import io.bodybroker.worldstate.state.v1.StoredArea;
import io.bodybroker.worldstate.state.v1.StoredFlags;
import io.bodybroker.worldstate.v1.FlagsChanged;
import io.bodybroker.worldstate.v1.GetFlagsResponse;
import io.bodybroker.worldstate.v1.UpdateFlagsRequest;
import io.bodybroker.worldstate.v1.UpdateFlagsResponse;
import io.bodybroker.worldstate.v1.WorldStateChanged;
import java.time.InstantSource;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;

/** The flags of worlds, one document a world. Thread-safe. */
final class Flags {
  static final StructRules RULES = new StructRules(16, 64 * 1024);
  static final int MAX_FLAGS = 256;
  static final int MAX_NAME = 128;
  static final int CALLS_KEPT = 16;

  private final Store<StoredArea> areas;
  private final InstantSource time;

  Flags(Store<StoredArea> areas, InstantSource time) {
    this.areas = areas;
    this.time = time;
  }

  private static String key(String worldId) {
    return worldId + "/flags";
  }

  GetFlagsResponse get(String worldId) {
    var flags =
        areas
            .get(key(worldId))
            .map(Versioned::value)
            .orElse(StoredArea.getDefaultInstance())
            .getFlags();
    return GetFlagsResponse.newBuilder()
        .setFlags(flags.getFlags())
        .setVersion(flags.getVersion())
        .build();
  }

  UpdateFlagsResponse update(UpdateFlagsRequest request, IdempotentCall call) {
    check(request.getFlags());
    var answer = new AtomicReference<UpdateFlagsResponse>();
    areas.update(
        key(request.getWorldId()),
        current -> {
          var before = current.orElse(StoredArea.getDefaultInstance());
          var earlier =
              call.answer(before.getAppliedCalls(), UpdateFlagsResponse.getDefaultInstance());
          if (earlier.isPresent()) {
            answer.set(earlier.get());
            return before;
          }
          var after = next(before.getFlags(), request);
          answer.set(UpdateFlagsResponse.newBuilder().setVersion(after.getVersion()).build());
          return StoredArea.newBuilder()
              .setFlags(after)
              .setAppliedCalls(call.remember(before.getAppliedCalls(), answer.get(), CALLS_KEPT))
              .setChange(change(request.getWorldId(), before.getFlags(), after))
              .build();
        });
    return answer.get();
  }

  private static void check(Struct flags) {
    RULES.check("flags", flags);
    for (String name : flags.getFieldsMap().keySet()) {
      if (name.isEmpty() || name.length() > MAX_NAME) {
        throw ServiceException.invalidArgument(
            "flags", name, "names of 1 to " + MAX_NAME + " characters");
      }
    }
  }

  private static StoredFlags next(StoredFlags before, UpdateFlagsRequest request) {
    if (request.hasExpectedVersion() && request.getExpectedVersion() != before.getVersion()) {
      throw ServiceException.builder(
              ErrorCode.ABORTED,
              "the flags of world \"%s\" have version %d, not %d"
                  .formatted(
                      request.getWorldId(), before.getVersion(), request.getExpectedVersion()))
          .detail("current_version", before.getVersion())
          .build();
    }
    var merged = before.getFlags().toBuilder();
    request
        .getFlags()
        .getFieldsMap()
        .forEach((name, value) -> {
          if (value.getKindCase() == KindCase.NULL_VALUE) {
            merged.removeFields(name);
          } else {
            merged.putFields(name, value);
          }
        });
    var flags = merged.build();
    if (flags.getFieldsCount() > MAX_FLAGS) {
      throw ServiceException.invalidArgument(
          "flags", flags.getFieldsCount() + " once written", "at most " + MAX_FLAGS);
    }
    RULES.checkSize("flags", flags);
    return StoredFlags.newBuilder().setVersion(before.getVersion() + 1).setFlags(flags).build();
  }

  private WorldStateChanged change(String worldId, StoredFlags before, StoredFlags after) {
    var old = before.getFlags().getFieldsMap();
    var now = after.getFlags().getFieldsMap();
    var change = FlagsChanged.newBuilder().setVersion(after.getVersion());
    now.forEach((name, value) -> {
      if (!value.equals(old.get(name))) {
        change.getSetBuilder().putFields(name, value);
      }
    });
    var removed = new TreeSet<>(old.keySet());
    removed.removeAll(now.keySet());
    return WorldStateChanged.newBuilder()
        .setWorldId(worldId)
        .setUpdatedAt(ProtoTimes.timestamp(time.instant()))
        .setFlags(change.addAllRemoved(removed))
        .build();
  }
}
