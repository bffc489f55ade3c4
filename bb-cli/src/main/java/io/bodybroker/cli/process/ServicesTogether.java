package io.bodybroker.cli.process;

import io.bodybroker.sdk.config.BusConfig;
import io.bodybroker.sdk.host.HostProcess;
import io.bodybroker.sdk.host.ServiceHost;
import io.bodybroker.sdk.host.ServiceModule;
import java.util.List;

/** Some services in one process: they share a host, and so its connections and health server. */
public final class ServicesTogether {
  private ServicesTogether() {}

  /**
   * Runs them until the process is told to end.
   *
   * @param names of their programs
   */
  public static void main(String[] names) {
    HostProcess.run(new String[0], () -> start(List.of(names))::closeOrFail);
  }

  private static ServiceHost start(List<String> names) {
    var modules = Program.modules(names).toArray(ServiceModule[]::new);
    return ServiceHost.builder(modules).config(BusConfig.fromEnvironment()).start();
  }
}
