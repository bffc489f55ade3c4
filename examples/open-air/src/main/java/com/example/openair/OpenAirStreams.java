package com.example.openair;

import io.bodybroker.sdk.stream.StreamCatalog;
import io.bodybroker.sdk.stream.StreamSpec;
import java.time.Duration;
import java.util.List;

/** Where the stages' own events are kept; those of the game come with its contracts. */
public final class OpenAirStreams implements StreamCatalog.Provider {
  @Override
  public List<StreamSpec> streams() {
    return List.of(
        StreamSpec.builder("open-air", "evt.open-air.>").maxAge(Duration.ofDays(7)).build());
  }
}
