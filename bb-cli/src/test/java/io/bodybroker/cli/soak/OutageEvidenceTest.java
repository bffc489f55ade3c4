package io.bodybroker.cli.soak;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.bodybroker.cli.soak.HealthWatch.Look;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutageEvidenceTest {
  /** Away from 10 s to 20 s, and watched until 60 s. */
  private static final Outage NATS =
      new Outage("nats", true, ofSeconds(10), ofSeconds(20), ofSeconds(20), ofSeconds(60));

  private static final Outage REDIS =
      new Outage("redis", false, ofSeconds(10), ofSeconds(20), ofSeconds(20), ofSeconds(60));

  private final List<Look> looks = new ArrayList<>();
  private final List<Call> calls = new ArrayList<>();

  private void look(int second, int health, int ready) {
    looks.add(
        new Look("one", ofSeconds(second), ofSeconds(second), true, health, ready, false, ""));
  }

  private void call(int second, String code) {
    calls.add(new Call("read", ofSeconds(second), ofSeconds(second), code));
  }

  private List<String> broken(Outage outage) {
    return new OutageEvidence(List.of(outage), looks, calls)
        .promises("one").stream()
            .filter(promise -> !promise.isKept())
            .map(promise -> promise.text().replaceFirst("[:,].*", ""))
            .toList();
  }

  private void lookAsPromised() {
    look(5, 200, 200);
    look(10, 200, 200);
    look(15, 200, 503);
    look(24, 200, 200);
    look(40, 200, 200);
  }

  @Test
  void isWellIfAllStaysAliveAndComesBack() {
    lookAsPromised();
    call(15, "UNAVAILABLE");
    call(22, "UNAVAILABLE");
    call(36, "");

    assertThat(broken(NATS)).isEmpty();
  }

  @Test
  void findsAProcessThatSaysItIsDead() {
    lookAsPromised();
    look(41, 503, 200);
    look(42, 200, 200);

    assertThat(broken(NATS)).containsExactly("/health of every process is 200 throughout");
  }

  @Test
  void findsAProcessThatSaysItIsReadyThoughItCannotBe() {
    lookAsPromised();
    look(16, 200, 200);

    assertThat(broken(NATS))
        .containsExactly("/health/ready is 503 while what a process needs is away");
  }

  @Test
  void findsAProcessThatIsReadyLateOrAgainNotReady() {
    look(15, 200, 503);
    look(26, 200, 200);
    assertThat(broken(NATS))
        .containsExactly("every process is ready within 5 s of the return of nats");

    look(59, 200, 503);
    assertThat(broken(NATS))
        .containsExactly("every process is ready within 5 s of the return of nats");
  }

  @Test
  void findsCallsThatFailLongAfterTheReturn() {
    lookAsPromised();
    call(36, "UNAVAILABLE");

    assertThat(broken(NATS)).containsExactly("calls succeed within 10 s of the return of nats");
  }

  @Test
  void blamesNoOutageForWhatTheNextOneTook() {
    lookAsPromised();
    calls.add(new Call("read", ofSeconds(59), ofSeconds(61), "UNAVAILABLE"));
    looks.add(new Look("one", ofSeconds(59), ofSeconds(61), true, 200, 503, false, ""));

    assertThat(broken(NATS)).isEmpty();
  }

  @Test
  void findsCallsThatFailForWhatNobodyNeeds() {
    lookAsPromised();
    call(15, "UNAVAILABLE");

    assertThat(broken(REDIS)).containsExactly("no process uses redis");
  }

  @Test
  void findsThatNobodyWaitedAlive() {
    looks.add(new Look("two", ofSeconds(15), ofSeconds(15), true, 200, 503, false, ""));
    looks.add(new Look("two", ofSeconds(21), Duration.ofSeconds(21), true, 200, 200, false, ""));

    assertThat(broken(NATS)).containsExactly("a process started during the outage waits alive");
  }
}
