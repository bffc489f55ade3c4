package io.bodybroker.sdk.stream;

import java.time.Duration;
import java.util.List;

/** The streams that the SDK's tests declare. */
public final class TestStreams implements StreamCatalog.Provider {
  /** The echo service's events. */
  public static final StreamSpec ECHO =
      StreamSpec.builder("ECHO", "evt.echo.>").maxAge(Duration.ofHours(1)).build();

  @Override
  public List<StreamSpec> streams() {
    return List.of(ECHO);
  }
}
