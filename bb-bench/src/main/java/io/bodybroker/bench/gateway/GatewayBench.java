package io.bodybroker.bench.gateway;

import io.bodybroker.bench.report.Section;
import io.bodybroker.bench.run.Benchmark;
import io.bodybroker.bench.run.Setup;
import java.io.IOException;

/**
 * JSON over HTTP to a service and back: the gateway, a handler written by hand, Armeria's
 * transcoding, and a server that only echoes.
 */
public final class GatewayBench implements Benchmark {
  @Override
  public String name() {
    return "gateway";
  }

  @Override
  public String help() {
    return "JSON over HTTP to a service, beside a handler by hand and Armeria";
  }

  @Override
  public Section run(Setup setup) throws IOException {
    return new GatewayRun(setup).run();
  }
}
