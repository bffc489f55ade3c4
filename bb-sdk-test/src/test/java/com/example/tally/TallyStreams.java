package com.example.tally;

import io.bodybroker.sdk.stream.StreamCatalog;
import io.bodybroker.sdk.stream.StreamSpec;
import java.time.Duration;
import java.util.List;

/** Where the tally's events are kept. */
public final class TallyStreams implements StreamCatalog.Provider {
  @Override
  public List<StreamSpec> streams() {
    return List.of(StreamSpec.builder("tally", "evt.tally.>").maxAge(Duration.ofDays(1)).build());
  }
}
