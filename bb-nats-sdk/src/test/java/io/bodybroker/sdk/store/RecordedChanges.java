package io.bodybroker.sdk.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.StringValue;
import io.bodybroker.testkit.Await;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** A listener that remembers, and the picture of the store that its changes give. */
final class RecordedChanges implements Consumer<Change<StringValue>> {
  private static final Duration BOUND = Duration.ofSeconds(30);

  private final List<Change<StringValue>> all = new CopyOnWriteArrayList<>();

  @Override
  public void accept(Change<StringValue> change) {
    all.add(change);
  }

  List<Change<StringValue>> all() {
    return all;
  }

  /** The documents as one who only has these changes sees them. */
  Map<String, String> picture() {
    var picture = new HashMap<String, String>();
    for (Change<StringValue> change : all) {
      switch (change) {
        case Change.Put<StringValue> put -> picture.put(put.key(), put.value().getValue());
        case Change.Deleted<StringValue> deleted -> picture.remove(deleted.key());
      }
    }
    return picture;
  }

  void awaitPicture(Map<String, String> expected) {
    Await.until(BOUND, "the watch to see " + expected, () -> picture().equals(expected));
  }

  void awaitDeleted(String key) {
    Await.until(
        BOUND,
        "deletion of " + key,
        () -> all.stream().anyMatch(c -> c instanceof Change.Deleted && c.key().equals(key)));
  }

  void assertOrderedPerKey() {
    var last = new HashMap<String, Long>();
    for (Change<StringValue> change : all) {
      Long before = last.put(change.key(), change.version());
      if (before != null) {
        assertThat(change.version())
            .as("%s after version %d", change, before)
            .isGreaterThan(before);
      }
    }
  }
}
