package io.bodybroker.sdk.journal;

import com.google.protobuf.Int64Value;

/** The contract, kept by the journal in memory. */
class MemoryJournalTest extends JournalContract {
  @Override
  Journal<Int64Value> open() {
    return MemoryJournals.open(Int64Value.getDefaultInstance());
  }
}
