package io.bodybroker.sdk.store;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;

/** The contract, kept by the fast store that leaves its changes in an outbox. */
class FastStoreWithOutboxTest {
  private static StoreFixture fixture;

  @BeforeAll
  static void start() {
    fixture = FastFixture.withOutbox();
  }

  @AfterAll
  static void stop() {
    fixture.close();
  }

  @Nested
  class Operations extends StoreContract {
    Operations() {
      super(fixture);
    }
  }

  @Nested
  class Watches extends WatchContract {
    Watches() {
      super(fixture);
    }
  }
}
