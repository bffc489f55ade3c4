package io.bodybroker.testkit;

import java.util.List;

/**
 * The start of servers that belong together: either all of them answer, or none of them is left.
 */
final class StartedTogether {

  private StartedTogether() {}

  static <S extends TestServer> List<S> launch(List<S> servers) {
    try {
      servers.forEach(TestServer::launch);
      servers.forEach(TestServer::awaitAnswer);
      return servers;
    } catch (RuntimeException | Error failure) {
      closeAll(servers);
      throw failure;
    }
  }

  /** Closes in reverse order. */
  static void closeAll(List<? extends TestServer> servers) {
    servers.reversed().forEach(TestServer::close);
  }
}
