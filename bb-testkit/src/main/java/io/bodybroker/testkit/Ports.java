package io.bodybroker.testkit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * Free loopback ports from 20000 to 31999.
 *
 * <p>Why not let the kernel choose (port 0)? A kernel-chosen port lies in the range it also takes
 * for outgoing connections. While a server is down, a client that keeps trying to reconnect may
 * then be given exactly that port as its own, and TCP lets it connect to itself; the server can no
 * longer restart where it was. Ports below that range (32768 on Linux, 49152 elsewhere) are only
 * taken by someone who asks for them. That can still happen between our look and the server's bind,
 * so a start that lost its port is repeated with others.
 */
public final class Ports {

  private static final int ATTEMPTS = 5;

  /** Of this JVM alone, so that those side by side do not take what another is about to use. */
  private static final PortBlock BLOCK = PortBlock.claim();

  private static final AtomicInteger NEXT =
      new AtomicInteger(ThreadLocalRandom.current().nextInt(BLOCK.count()));

  private Ports() {}

  /**
   * Calls {@code start} with that many free ports, and again with others as long as it finds one of
   * them taken.
   */
  static <T> T withFree(int count, Function<int[], T> start) {
    for (int attempt = 1; ; attempt++) {
      try {
        return start.apply(free(count));
      } catch (ServerException.PortTaken taken) {
        if (attempt == ATTEMPTS) {
          throw taken;
        }
      }
    }
  }

  private static int[] free(int count) {
    int[] ports = new int[count];
    for (int i = 0; i < count; i++) {
      ports[i] = free();
    }
    return ports;
  }

  /**
   * That many different ports which nobody listens on now; for programs that are told their port.
   *
   * @throws ServerException if there are none
   */
  public static List<Integer> find(int count) {
    return Arrays.stream(free(count)).boxed().toList();
  }

  private static int free() {
    for (int tried = 0; tried < BLOCK.count(); tried++) {
      int port = BLOCK.first() + Math.floorMod(NEXT.getAndIncrement(), BLOCK.count());
      if (isFree(port)) {
        return port;
      }
    }
    throw new ServerException(
        "no free port on 127.0.0.1 from "
            + BLOCK.first()
            + " to "
            + (BLOCK.first() + BLOCK.count() - 1));
  }

  private static boolean isFree(int port) {
    try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (IOException taken) {
      return false;
    }
  }
}
