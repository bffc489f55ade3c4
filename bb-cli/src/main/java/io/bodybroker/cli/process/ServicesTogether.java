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
    var modules = Program.modules(List.of(names)).toArray(ServiceModule[]::new);
    HostProcess.run(
        new String[0],
        () -> ServiceHost.builder(modules).config(BusConfig.fromEnvironment()).start());
  }
}
