package io.bodybroker.settings;

import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.sdk.store.Store;
import io.bodybroker.sdk.time.ProtoTimes;
import io.bodybroker.settings.policy.ContentProfiles;
import io.bodybroker.settings.state.v1.StoredPolicy;
import io.bodybroker.settings.v1.ContentProfile;
import io.bodybroker.settings.v1.Flag;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * The flags and content profiles that operators made: one document, since they are few and read
 * together.
 *
 * <p>Thread-safe.
 */
final class PolicyBook {
  static final int MAX_FLAGS = 200;
  static final int MAX_PROFILES = 50;

  private static final String KEY = "policy";

  private final Store<StoredPolicy> store;
  private final InstantSource time;

  PolicyBook(Store<StoredPolicy> store, InstantSource time) {
    this.store = store;
    this.time = time;
  }

  /** By flag_id. */
  List<Flag> flags() {
    return read().getFlagsList();
  }

  ContentProfiles profiles() {
    return new ContentProfiles(read().getProfilesList());
  }

  private StoredPolicy read() {
    return store.get(KEY).map(found -> found.value()).orElse(StoredPolicy.getDefaultInstance());
  }

  /**
   * Makes or replaces a flag; one that says the same stays as it is, time included.
   *
   * @throws ServiceException {@code RESOURCE_EXHAUSTED} if there is no room for another
   */
  Flag put(Flag flag) {
    var stored =
        update(policy -> {
          var old = find(policy.getFlagsList(), Flag::getFlagId, flag.getFlagId());
          if (old.stream().anyMatch(one -> one.toBuilder().clearUpdatedAt().build().equals(flag))) {
            return policy;
          }
          var dated = flag.toBuilder().setUpdatedAt(ProtoTimes.timestamp(time.instant())).build();
          var flags =
              with(policy.getFlagsList(), dated, Flag::getFlagId, MAX_FLAGS, "feature flags");
          return policy.toBuilder().clearFlags().addAllFlags(flags).build();
        });
    return find(stored.getFlagsList(), Flag::getFlagId, flag.getFlagId()).getFirst();
  }

  /** Removes a flag, if it is there. */
  void deleteFlag(String flagId) {
    update(policy ->
        find(policy.getFlagsList(), Flag::getFlagId, flagId).isEmpty()
            ? policy
            : policy.toBuilder()
                .clearFlags()
                .addAllFlags(
                    policy.getFlagsList().stream()
                        .filter(flag -> !flag.getFlagId().equals(flagId))
                        .toList())
                .build());
  }

  /**
   * Makes or replaces a profile.
   *
   * @throws ServiceException {@code RESOURCE_EXHAUSTED} if there is no room for another
   */
  void put(ContentProfile profile) {
    update(policy -> {
      if (policy.getProfilesList().contains(profile)) {
        return policy;
      }
      var profiles =
          with(
              policy.getProfilesList(),
              profile,
              ContentProfile::getProfileId,
              MAX_PROFILES,
              "content profiles");
      return policy.toBuilder().clearProfiles().addAllProfiles(profiles).build();
    });
  }

  private StoredPolicy update(UnaryOperator<StoredPolicy> change) {
    return store
        .update(KEY, current -> change.apply(current.orElse(StoredPolicy.getDefaultInstance())))
        .value();
  }

  /** The one of this id, or none. */
  private static <T> List<T> find(List<T> entries, Function<T, String> id, String wanted) {
    return entries.stream().filter(entry -> id.apply(entry).equals(wanted)).toList();
  }

  private static <T> List<T> with(
      List<T> entries, T entry, Function<T, String> id, int most, String what) {
    var next = new ArrayList<>(entries);
    next.removeIf(old -> id.apply(old).equals(id.apply(entry)));
    if (next.size() >= most) {
      throw ServiceException.builder(
              ErrorCode.RESOURCE_EXHAUSTED,
              "there are " + most + " " + what + ", as many as there can be")
          .mayHaveExecuted(false)
          .build();
    }
    next.add(entry);
    next.sort(Comparator.comparing(id));
    return next;
  }
}
