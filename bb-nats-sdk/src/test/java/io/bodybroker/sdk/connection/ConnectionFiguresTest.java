package io.bodybroker.sdk.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ConnectionFiguresTest {
  private final AtomicLong now = new AtomicLong(1_000);
  private final ConnectionFigures figures = new ConnectionFigures(now::get);

  @Test
  void countsTheTimeBeforeTheFirstConnectionAsDead() {
    now.addAndGet(30);
    assertThat(figures.downNanos()).isEqualTo(30);

    figures.changed(ConnectionState.UP);
    now.addAndGet(500);

    assertThat(figures.downNanos()).isEqualTo(30);
    assertThat(figures.reconnects()).as("the first is no return").isZero();
  }

  @Test
  void addsUpOutagesAlsoThePresentOne() {
    figures.changed(ConnectionState.UP);
    figures.changed(ConnectionState.DOWN);
    now.addAndGet(7);
    figures.changed(ConnectionState.UP);
    now.addAndGet(500);
    figures.changed(ConnectionState.DOWN);
    now.addAndGet(4);

    assertThat(figures.downNanos()).isEqualTo(11);
    assertThat(figures.reconnects()).isEqualTo(1);
  }

  @Test
  void isNotDeadWhenItsOwnerHasClosedIt() {
    figures.changed(ConnectionState.CLOSED);
    now.addAndGet(50);

    assertThat(figures.downNanos()).isZero();
  }
}
