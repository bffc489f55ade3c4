package io.bodybroker.payment.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.bodybroker.payment.ledger.HashIndex.Node;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class HashIndexTest {
  private final List<Node> nodes = new ArrayList<>();
  private final AtomicInteger steps = new AtomicInteger();

  private HashIndex.Search search(String key) {
    return HashIndex.search(
        nodes.size(),
        Digests.ofKey(key),
        position -> {
          steps.incrementAndGet();
          return nodes.get((int) position - 1);
        });
  }

  /** Its position; empty if it was there. */
  private OptionalLong insert(String key) {
    HashIndex.Search search = search(key);
    if (search.found().isPresent()) {
      return search.found();
    }
    nodes.add(new Node(Digests.ofKey(key), search.branches()));
    return OptionalLong.empty();
  }

  @Property(tries = 200)
  void findsWhatWasInsertedWhereItIsAndNothingElse(
      @ForAll @Size(max = 60) List<@IntRange(max = 80) Integer> keys) {
    var index = new HashIndexTest();
    Map<Integer, Long> expected = new HashMap<>();
    for (int key : keys) {
      OptionalLong earlier = index.insert("key-" + key);
      assertThat(earlier)
          .isEqualTo(
              expected.containsKey(key)
                  ? OptionalLong.of(expected.get(key))
                  : OptionalLong.empty());
      expected.putIfAbsent(key, (long) index.nodes.size());
    }
    for (int key = 0; key <= 80; key++) {
      assertThat(index.search("key-" + key).found().isPresent())
          .isEqualTo(expected.containsKey(key));
    }
  }

  @Test
  void takesFewStepsAndLittleRoomHoweverManyThereAre() {
    for (int i = 0; i < 10_000; i++) {
      insert("purchase-" + i);
    }
    steps.set(0);
    for (int i = 0; i < 10_000; i += 10) {
      assertThat(search("purchase-" + i).found()).hasValue(i + 1L);
    }

    assertThat(steps.get() / 1_000).as("steps of a search, on average").isLessThan(15);
    assertThat(nodes).allMatch(node -> node.branches().size() < 40);
  }

  @Test
  void countsCommonBits() {
    assertThat(Digests.commonBits(bytes(0b1000_0000), bytes(0))).isZero();
    assertThat(Digests.commonBits(bytes(0b0000_0001), bytes(0))).isEqualTo(7);
    assertThat(Digests.commonBits(bytes(0xFF, 0x0F), bytes(0xFF, 0x1F))).isEqualTo(11);
    assertThat(Digests.commonBits(Digests.ofKey("a"), Digests.ofKey("a"))).isEqualTo(Digests.BITS);
  }

  private static ByteString bytes(int... values) {
    var bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return ByteString.copyFrom(bytes);
  }
}
