package io.bodybroker.payment.ledger;

import com.google.protobuf.ByteString;
import io.bodybroker.payment.state.v1.LedgerEntry;

/**
 * An entry as it is in the journal.
 *
 * @param playerId whose account it belongs to
 * @param position where it is
 * @param entry what it says
 * @param hash of what it says
 */
public record Recorded(String playerId, long position, LedgerEntry entry, ByteString hash) {}
