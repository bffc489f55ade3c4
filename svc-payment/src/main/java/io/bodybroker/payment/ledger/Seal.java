package io.bodybroker.payment.ledger;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.bodybroker.payment.state.v1.LedgerEntry;
import io.bodybroker.payment.state.v1.SealedEntry;
import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.ServiceException;
import java.nio.charset.StandardCharsets;

/**
 * Closes entries with a hash. Each entry has the hash of the one before it in its content, so that
 * an account's entries are a chain: to change, remove or move one, all behind it had to be changed
 * as well.
 */
public final class Seal {
  private Seal() {}

  /** An entry of a player's account, ready to be appended. */
  public static SealedEntry close(String playerId, LedgerEntry entry) {
    ByteString content = entry.toByteString();
    return SealedEntry.newBuilder().setContent(content).setHash(hash(playerId, content)).build();
  }

  /**
   * The entry again.
   *
   * @throws ServiceException {@code INTERNAL} if it is not what was closed: nothing may be built on
   *     it
   */
  public static Recorded open(String playerId, long position, SealedEntry sealed) {
    if (!isWhole(playerId, sealed)) {
      throw damaged(playerId, position).build();
    }
    try {
      return read(playerId, position, sealed);
    } catch (InvalidProtocolBufferException e) {
      throw damaged(playerId, position).cause(e).build();
    }
  }

  /** Whether its hash is that of its content, in this player's account. */
  static boolean isWhole(String playerId, SealedEntry sealed) {
    return hash(playerId, sealed.getContent()).equals(sealed.getHash());
  }

  /** What it says, whole or not. */
  static Recorded read(String playerId, long position, SealedEntry sealed)
      throws InvalidProtocolBufferException {
    return new Recorded(
        playerId, position, LedgerEntry.parseFrom(sealed.getContent()), sealed.getHash());
  }

  private static ByteString hash(String playerId, ByteString content) {
    var digest = Digests.sha256();
    digest.update(playerId.getBytes(StandardCharsets.UTF_8));
    digest.update((byte) 0);
    digest.update(content.asReadOnlyByteBuffer());
    return ByteString.copyFrom(digest.digest());
  }

  private static ServiceException.Builder damaged(String playerId, long position) {
    return ServiceException.builder(
            ErrorCode.INTERNAL,
            "the ledger's entry of \"%s\" at position %d is damaged".formatted(playerId, position))
        .mayHaveExecuted(false);
  }
}
