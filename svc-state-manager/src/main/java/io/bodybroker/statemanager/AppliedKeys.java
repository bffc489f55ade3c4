package io.bodybroker.statemanager;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.Message;
import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.sdk.rpc.CallMetadata;
import io.bodybroker.statemanager.state.v1.AppliedKey;
import io.bodybroker.statemanager.state.v1.Receipt;
import io.bodybroker.statemanager.state.v1.StoredState;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Optional;

/**
 * Makes repeats of one call have one effect and one answer: its idempotency key is written with the
 * effect itself, in the same document, so that no crash comes between them and both instances see
 * it. A call without a key is never taken for a repeat.
 *
 * @param key empty if the call has none
 * @param digest of the request, so that a key used for two different requests is noticed
 */
record AppliedKeys(String key, ByteString digest) {
  /** How many calls a document remembers. */
  static final int KEPT = 64;

  static final int MAX_KEY_LENGTH = 128;

  static AppliedKeys of(CallMetadata metadata, Message request) {
    var key = metadata.idempotencyKey().orElse("");
    if (key.length() > MAX_KEY_LENGTH) {
      throw ServiceException.invalidArgument(
          "idempotency key", key, "at most " + MAX_KEY_LENGTH + " characters");
    }
    return new AppliedKeys(key, key.isEmpty() ? ByteString.EMPTY : digestOf(request));
  }

  /**
   * With the method's name, since two methods may have requests of the same bytes; members in one
   * order, whatever the map's.
   */
  private static ByteString digestOf(Message request) {
    var bytes = new ByteArrayOutputStream();
    var output = CodedOutputStream.newInstance(bytes);
    output.useDeterministicSerialization();
    try {
      output.writeStringNoTag(request.getDescriptorForType().getFullName());
      request.writeTo(output);
      output.flush();
      return ByteString.copyFrom(MessageDigest.getInstance("SHA-256").digest(bytes.toByteArray()));
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory does not fail", e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /**
   * What this call got when it had its effect; empty if it has not had it.
   *
   * @throws ServiceException {@code INVALID_ARGUMENT} if another request came with its key
   */
  Optional<Receipt> receipt(StateDocument document) {
    var applied =
        document.stored().getAppliedKeysList().stream()
            .filter(candidate -> !key.isEmpty() && candidate.getKey().equals(key))
            .findFirst();
    if (applied.isPresent() && !applied.get().getRequestDigest().equals(digest)) {
      throw ServiceException.invalidArgument(
          "idempotency key", key, "a key that was not used for another request");
    }
    return applied.map(AppliedKey::getReceipt);
  }

  /** The document with this call remembered, and the oldest forgotten if there are too many. */
  StoredState remember(StoredState document, Receipt receipt) {
    if (key.isEmpty()) {
      return document;
    }
    List<AppliedKey> kept = document.getAppliedKeysList();
    return document.toBuilder()
        .clearAppliedKeys()
        .addAllAppliedKeys(kept.subList(Math.max(0, kept.size() - KEPT + 1), kept.size()))
        .addAppliedKeys(
            AppliedKey.newBuilder().setKey(key).setRequestDigest(digest).setReceipt(receipt))
        .build();
  }
}
