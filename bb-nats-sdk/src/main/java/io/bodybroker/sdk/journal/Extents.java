package io.bodybroker.sdk.journal;

import io.bodybroker.sdk.internal.JetStreamApi;
import io.nats.client.JetStreamApiException;
import java.io.IOException;

/** Asks the leader of a journal's stream how far it goes. */
final class Extents {
  private Extents() {}

  static Journal.Extent of(JetStreamApi api, JournalStream journal) {
    journal.require();
    try {
      var state = api.management(api.connection()).getStreamInfo(journal.stream()).getStreamState();
      return new Journal.Extent(state.getLastSequence(), state.getMsgCount());
    } catch (IOException | JetStreamApiException | IllegalStateException e) {
      journal.forget();
      throw JetStreamApi.failed(journal.what(), e);
    }
  }
}
