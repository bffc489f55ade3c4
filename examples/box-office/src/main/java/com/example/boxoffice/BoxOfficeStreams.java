package com.example.boxoffice;

import io.bodybroker.sdk.stream.StreamCatalog;
import io.bodybroker.sdk.stream.StreamSpec;
import java.time.Duration;
import java.util.List;

/** Where the events are kept until everybody who wants them has had them. */
public final class BoxOfficeStreams implements StreamCatalog.Provider {
  @Override
  public List<StreamSpec> streams() {
    return List.of(
        StreamSpec.builder("box-office", "evt.box-office.>").maxAge(Duration.ofDays(7)).build());
  }
}
