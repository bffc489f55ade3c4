package io.bodybroker.sdk.event;

import io.bodybroker.sdk.test.v1.Echoed;
import java.util.List;

/** The durable consumer that the SDK's tests declare. */
public final class TestConsumers implements ConsumerCatalog.Provider {
  /** Of the echo service's events. */
  static final ConsumerSpec<Echoed> DECLARED =
      ConsumerSpec.builder("declared", Echoed.getDefaultInstance()).build();

  @Override
  public List<ConsumerSpec<?>> consumers() {
    return List.of(DECLARED);
  }
}
