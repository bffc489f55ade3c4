package io.bodybroker.eventbus;

import static org.assertj.core.api.Assertions.assertThat;

import io.bodybroker.eventbus.v1.Subscription;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SubscriptionsTest {
  private static List<Subscription> subscriptions(int count, int bytes) {
    return IntStream.range(0, count)
        .mapToObj(i ->
            Subscription.newBuilder()
                .setSubscriptionId("s%03d".formatted(i))
                .putFilters("zone", "z".repeat(bytes))
                .build())
        .toList();
  }

  @Test
  void comeAsManyAtOnceAsWereAskedForAndTellWhetherThereAreMore() {
    var page = Subscriptions.page(subscriptions(3, 1), 2);
    assertThat(page.getSubscriptionsCount()).isEqualTo(2);
    assertThat(page.getNextPageToken()).isEqualTo("s001");
    assertThat(Subscriptions.page(subscriptions(2, 1), 2).getNextPageToken()).isEmpty();
    assertThat(Subscriptions.page(List.of(), 2).getNextPageToken()).isEmpty();
  }

  @Test
  void comeOnSmallerPagesIfTheyAreLarge() {
    var all = subscriptions(256, 6000);
    var found = new ArrayList<Subscription>();
    for (String token = "s"; !token.isEmpty(); ) {
      String after = token;
      var page =
          Subscriptions.page(
              all.stream().filter(each -> each.getSubscriptionId().compareTo(after) > 0).toList(),
              256);
      assertThat(page.getSerializedSize()).isLessThan(Subscriptions.MAX_PAGE_BYTES + 4096);
      assertThat(page.getSubscriptionsCount()).isBetween(1, 255);
      found.addAll(page.getSubscriptionsList());
      token = page.getNextPageToken();
    }
    assertThat(found).isEqualTo(all);
  }
}
