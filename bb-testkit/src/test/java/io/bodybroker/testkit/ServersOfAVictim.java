package io.bodybroker.testkit;

import java.util.ArrayList;
import java.util.List;

/**
 * A program that starts servers, tells their process ids and directories, and waits to be killed.
 */
final class ServersOfAVictim {

  private ServersOfAVictim() {}

  public static void main(String[] args) throws Exception {
    List<TestServer> servers = new ArrayList<>(NatsCluster.start(3).servers());
    servers.add(NatsServer.start());
    servers.add(RedisServer.start());
    var paused = NatsServer.start();
    paused.pause();
    servers.add(paused);
    for (TestServer server : servers) {
      System.out.println(server.pid() + " " + server.directory());
    }
    System.out.println("ready");
    System.exit(System.in.read());
  }
}
