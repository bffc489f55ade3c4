package io.bodybroker.sdk.testing;

import static io.bodybroker.sdk.testing.ServiceAssertions.assertFails;
import static io.bodybroker.sdk.testing.ServiceAssertions.assertRefuses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.example.tally.TallyModule;
import com.example.tally.v1.TallyClient;
import com.example.tally.v1.VoteRequest;
import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.FieldViolation;
import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.testkit.NatsServer;
import io.bodybroker.testkit.TestServers;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

@TestServers
class ServiceAssertionsTest {

  @Test
  void namesTheFieldsThatAreWrong(NatsServer nats) {
    try (var service = RunningService.of(TallyModule::new).start(nats)) {
      var tally = TallyClient.on(service.bus());
      // @start region="example"
      var request = VoteRequest.newBuilder().setName("").setVotes(101).build();

      var error = assertRefuses(() -> tally.vote(request), "name", "votes");

      assertThat(error.message()).contains("votes: 101 (expected: 1 to 100)");
      // @end
    }
  }

  private static void assertWrong(ThrowingCallable assertion, String message) {
    assertThatThrownBy(assertion).isInstanceOf(AssertionError.class).hasMessage(message);
  }

  private static void refuse(FieldViolation... violations) {
    throw ServiceException.invalidArgument(List.of(violations));
  }

  @Test
  void givesTheErrorForMoreQuestions() {
    var error = ServiceException.notFound("seat", "A7");
    assertThat(
            assertFails(
                ErrorCode.NOT_FOUND,
                () -> {
                  throw error;
                }))
        .isSameAs(error);
  }

  @Test
  void saysWhatHappenedInstead() {
    assertWrong(
        () -> assertFails(ErrorCode.NOT_FOUND, () -> {}),
        "succeeded (expected: to fail with NOT_FOUND)");
    assertWrong(
        () ->
            assertFails(
                ErrorCode.NOT_FOUND,
                () -> {
                  throw ServiceException.of(ErrorCode.ABORTED, "again");
                }),
        "failed with ABORTED: again (expected: NOT_FOUND)");
    assertWrong(
        () ->
            assertFails(
                ErrorCode.NOT_FOUND,
                () -> {
                  throw new IllegalStateException("oh");
                }),
        "failed with java.lang.IllegalStateException: oh (expected: NOT_FOUND)");
  }

  @Test
  void wantsEveryFieldAndNoOther() {
    var name = new FieldViolation("name", "", "a name");
    var votes = new FieldViolation("votes", "0", "1 to 100");
    assertRefuses(() -> refuse(votes, name), "name", "votes");
    assertWrong(
        () -> assertRefuses(() -> refuse(name, votes), "name"),
        "refused for INVALID_ARGUMENT: name: empty (expected: a name);"
            + " votes: 0 (expected: 1 to 100) (expected: for [name])");
    assertWrong(
        () -> assertRefuses(() -> refuse(name), "name", "votes"),
        "refused for INVALID_ARGUMENT: name: empty (expected: a name)"
            + " (expected: for [name, votes])");
    assertWrong(
        () -> assertRefuses(() -> {}, "name"),
        "succeeded (expected: to fail with INVALID_ARGUMENT)");
  }

  @Test
  void wantsToBeToldWhatWouldBeRight() {
    assertWrong(
        () -> assertRefuses(() -> refuse(new FieldViolation("name", "x", " ")), "name"),
        "name without what would be right");
  }
}
