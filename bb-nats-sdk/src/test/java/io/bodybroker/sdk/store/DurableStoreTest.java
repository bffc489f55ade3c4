package io.bodybroker.sdk.store;

import static io.bodybroker.sdk.store.StoreFixture.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The contract, kept by the durable store. */
class DurableStoreTest {
  private static DurableFixture fixture;

  @BeforeAll
  static void start() {
    fixture = new DurableFixture();
  }

  @AfterAll
  static void stop() {
    fixture.close();
  }

  /** As an operator may leave behind with another tool. */
  @Test
  void goesOnBesideAnEntryThatIsNotOurs() throws Exception {
    String bucket = DurableFixture.freshBucket();
    var store = fixture.open(bucket);
    store.put("ours", text("1"));
    fixture.connection().keyValue(bucket).put("stray=zz", text("2").toByteArray());

    assertThat(store.list("").stream().map(Versioned::key)).containsExactly("ours", "stray=zz");
    var changes = new RecordedChanges();
    try (var watch = store.watch("", changes)) {
      assertThat(watch).isNotNull();
      store.put("later", text("3"));
      changes.awaitPicture(Map.of("ours", "1", "stray=zz", "2", "later", "3"));
    }
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

  @Nested
  class Outages extends OutageContract {
    Outages() {
      super(fixture);
    }
  }
}
