package io.bodybroker.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.bodybroker.auth.v1.RateLimitExceeded;
import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.ServiceException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class NoticesTest {
  private static final RateLimitExceeded NOTICE = RateLimitExceeded.getDefaultInstance();

  private final List<String> published = new ArrayList<>();
  private final Notices notices =
      new Notices((notice, id) -> {
        published.add(id);
        return CompletableFuture.completedFuture(null);
      });

  @Test
  void tellOnceForACallerAndAWindow() {
    notices.tell("player/ada/DEFAULT", new Window(7), NOTICE);
    notices.tell("player/ada/DEFAULT", new Window(7), NOTICE);
    notices.tell("player/grace/DEFAULT", new Window(7), NOTICE);
    notices.tell("player/ada/DEFAULT", new Window(8), NOTICE);
    notices.tell("player/ada/DEFAULT", new Window(7), NOTICE); // somebody's clock is behind
    assertThat(published)
        .containsExactly("player/ada/DEFAULT/7", "player/grace/DEFAULT/7", "player/ada/DEFAULT/8");
  }

  @Test
  void tellOfSoManyAndNoMore() {
    for (int i = 0; i < Notices.MOST + 10; i++) {
      notices.tell("address/" + i, new Window(7), NOTICE);
    }
    assertThat(published).hasSize(Notices.MOST);
  }

  @Test
  void letGoOfWhatCannotBePublished() {
    var away = ServiceException.of(ErrorCode.UNAVAILABLE, "away");
    new Notices((notice, id) -> CompletableFuture.failedFuture(away))
        .tell("a", new Window(7), NOTICE);
    new Notices(
            (notice, id) -> {
              throw away;
            })
        .tell("a", new Window(7), NOTICE);
  }
}
