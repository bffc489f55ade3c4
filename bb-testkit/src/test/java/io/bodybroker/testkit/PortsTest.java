package io.bodybroker.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PortsTest {

  @Test
  void givesDifferentPortsBelowThoseOfOutgoingConnections() {
    List<Integer> ports = Ports.withFree(20, given -> IntStream.of(given).boxed().toList());

    assertThat(new HashSet<>(ports)).hasSize(20);
    assertThat(ports).allMatch(port -> port >= 20_000 && port < 32_000);
  }

  @Test
  void findsDifferentPortsThatNobodyListensOn() throws Exception {
    List<Integer> ports = Ports.find(20);

    assertThat(new HashSet<>(ports)).hasSize(20);
    for (int port : ports) {
      try (ServerSocket own = listen(port)) {
        assertThat(own.isBound()).isTrue();
      }
    }
  }

  @Test
  void triesOtherPortsWhenOneIsTakenBeforeTheServerBinds() throws Exception {
    var tried = new ArrayList<Integer>();
    var thieves = new ArrayList<ServerSocket>();
    NatsServer server =
        Ports.withFree(
            2,
            ports -> {
              tried.add(ports[0]);
              if (tried.size() == 1) {
                thieves.add(listen(ports[0]));
              }
              return StartedTogether.launch(
                      List.of(
                          NatsServer.node(
                              "late", NatsConfig.standalone(ports[0], ports[1], false, ""))))
                  .getFirst();
            });

    try (server;
        ServerSocket thief = thieves.getFirst()) {
      assertThat(tried).hasSize(2);
      assertThat(server.port()).isEqualTo(tried.get(1)).isNotEqualTo(thief.getLocalPort());
    }
  }

  @Test
  void givesUpWithTheServersWordsWhenThePortsAreAlwaysTaken() {
    var attempts = new ArrayList<int[]>();

    assertThatThrownBy(() ->
            Ports.withFree(
                1,
                ports -> {
                  attempts.add(ports);
                  throw new ServerException.PortTaken("address already in use");
                }))
        .isInstanceOf(ServerException.class)
        .hasMessage("address already in use");
    assertThat(attempts).hasSize(5);
  }

  private static ServerSocket listen(int port) {
    try {
      return new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void areClaimedInBlocksThatNobodyElseHas() throws Exception {
    PortBlock one = PortBlock.claim();
    PortBlock other = PortBlock.claim();

    assertThat(one.lock()).isNotNull();
    assertThat(other.lock()).isNotNull();
    assertThat(Math.abs(one.first() - other.first())).isGreaterThanOrEqualTo(one.count());
    Objects.requireNonNull(one.lock()).close();
    Objects.requireNonNull(other.lock()).close();
  }
}
