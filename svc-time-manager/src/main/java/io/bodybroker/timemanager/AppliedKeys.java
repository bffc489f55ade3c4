package io.bodybroker.timemanager;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.sdk.rpc.CallMetadata;
import io.bodybroker.timemanager.state.v1.AppliedKey;
import io.bodybroker.timemanager.state.v1.StoredWorld;
import io.bodybroker.timemanager.v1.WorldTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Optional;

/**
 * Makes repeats of one call have one effect: its idempotency key is written with the effect itself,
 * in the same document, so that no crash comes between them and both instances see it. A call
 * without a key is never taken for a repeat.
 *
 * @param key empty if the call has none
 * @param digest of the request, so that a key used for two different requests is noticed
 */
record AppliedKeys(String key, ByteString digest) {
  /** How many calls a world remembers. */
  static final int KEPT = 16;

  static final int MAX_KEY_LENGTH = 128;

  static AppliedKeys of(CallMetadata metadata, Message request) {
    var key = metadata.idempotencyKey().orElse("");
    if (key.length() > MAX_KEY_LENGTH) {
      throw ServiceException.invalidArgument(
          "idempotency key", key, "at most " + MAX_KEY_LENGTH + " characters");
    }
    return new AppliedKeys(key, digestOf(request));
  }

  private static ByteString digestOf(Message request) {
    try {
      return ByteString.copyFrom(
          MessageDigest.getInstance("SHA-256").digest(request.toByteArray()));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /**
   * Whether this call has had its effect.
   *
   * @throws ServiceException {@code INVALID_ARGUMENT} if another request came with its key
   */
  boolean isApplied(StoredWorld world) {
    var applied = find(world);
    if (applied.isPresent() && !applied.get().getRequestDigest().equals(digest)) {
      throw ServiceException.invalidArgument(
          "idempotency key", key, "a key that was not used for another request");
    }
    return applied.isPresent();
  }

  /** The answer this call got when it had its effect. */
  Optional<WorldTime> answer(StoredWorld world) {
    return find(world).map(AppliedKey::getAnswer);
  }

  private Optional<AppliedKey> find(StoredWorld world) {
    return world.getAppliedKeysList().stream()
        .filter(applied -> !key.isEmpty() && applied.getKey().equals(key))
        .findFirst();
  }

  /** The document with this call remembered, and the oldest forgotten if there are too many. */
  StoredWorld apply(StoredWorld world, WorldTime answer) {
    if (key.isEmpty()) {
      return world;
    }
    List<AppliedKey> kept = world.getAppliedKeysList();
    return world.toBuilder()
        .clearAppliedKeys()
        .addAllAppliedKeys(kept.subList(Math.max(0, kept.size() - KEPT + 1), kept.size()))
        .addAppliedKeys(
            AppliedKey.newBuilder().setKey(key).setRequestDigest(digest).setAnswer(answer))
        .build();
  }
}
