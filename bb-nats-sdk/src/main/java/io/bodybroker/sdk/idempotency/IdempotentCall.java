package io.bodybroker.sdk.idempotency;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.sdk.rpc.CallContext;
import io.bodybroker.sdk.v1.AppliedCall;
import io.bodybroker.sdk.v1.AppliedCalls;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Optional;

/**
 * Makes repeats of a call have one effect and get one answer, by the idempotency key it carries.
 *
 * <p>The memory is a field of the document that the call changes. So it is written with the effect,
 * by one compare-and-set: no crash comes between them, and every instance sees both. A call without
 * a key is never taken for a repeat.
 *
 * <pre>{@code
 * var once = IdempotentCall.of(call, request);
 * var saved = accounts.update(id, old -> {
 *   if (once.answer(old.get().getApplied(), Receipt.getDefaultInstance()).isPresent()) {
 *     return old.get(); // a repeat changes nothing
 *   }
 *   return next.setApplied(once.remember(old.get().getApplied(), receipt, 16)).build();
 * });
 * }</pre>
 *
 * <p>After the IETF's draft of the {@code Idempotency-Key} header. Immutable and thread-safe.
 */
public final class IdempotentCall {
  /** Longest key, in characters. */
  public static final int MAX_KEY_LENGTH = 128;

  private static final String KEY = "idempotency key";

  private final String key;
  private final ByteString digest;

  private IdempotentCall(String key, ByteString digest) {
    this.key = key;
    this.digest = digest;
  }

  /**
   * The call that a handler serves.
   *
   * @throws ServiceException {@code INVALID_ARGUMENT} if its key is longer than {@value
   *     #MAX_KEY_LENGTH} characters
   */
  public static IdempotentCall of(CallContext call, Message request) {
    String key = call.metadata().idempotencyKey().orElse("");
    if (key.length() > MAX_KEY_LENGTH) {
      throw ServiceException.invalidArgument(KEY, key, "at most " + MAX_KEY_LENGTH + " characters");
    }
    return new IdempotentCall(key, key.isEmpty() ? ByteString.EMPTY : digestOf(request));
  }

  /** With the type's name, since two requests may have the same bytes; maps in one order. */
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
   * What this call was answered when it had its effect; empty if it has not had it.
   *
   * @param memory of the document as it is
   * @param defaultInstance of the answer's type
   * @throws ServiceException {@code INVALID_ARGUMENT} if another request came with its key
   */
  public <R extends Message> Optional<R> answer(AppliedCalls memory, R defaultInstance) {
    Optional<AppliedCall> applied = find(memory);
    if (applied.isPresent() && !applied.get().getRequestDigest().equals(digest)) {
      throw ServiceException.invalidArgument(
          KEY, key, "a key that was not used for another request");
    }
    return applied.map(call -> parse(call.getAnswer(), defaultInstance));
  }

  private Optional<AppliedCall> find(AppliedCalls memory) {
    return key.isEmpty()
        ? Optional.empty()
        : memory.getCallsList().stream().filter(call -> call.getKey().equals(key)).findFirst();
  }

  @SuppressWarnings("unchecked") // a message's parser makes messages of its own type
  private static <R extends Message> R parse(ByteString answer, R defaultInstance) {
    try {
      return (R) defaultInstance.getParserForType().parseFrom(answer);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("an answer that was stored cannot be read", e);
    }
  }

  /**
   * The memory with this call in it, to be written with its effect.
   *
   * @param memory of the document as it is
   * @param most how many calls it keeps; the oldest are forgotten
   * @throws IllegalArgumentException if {@code most} is less than 1
   */
  public AppliedCalls remember(AppliedCalls memory, Message answer, int most) {
    if (most < 1) {
      throw new IllegalArgumentException("most: " + most + " (expected: at least 1)");
    }
    if (key.isEmpty()) {
      return memory;
    }
    List<AppliedCall> calls = memory.getCallsList();
    return AppliedCalls.newBuilder()
        .addAllCalls(calls.subList(Math.max(0, calls.size() - most + 1), calls.size()))
        .addCalls(
            AppliedCall.newBuilder()
                .setKey(key)
                .setRequestDigest(digest)
                .setAnswer(answer.toByteString()))
        .build();
  }
}
