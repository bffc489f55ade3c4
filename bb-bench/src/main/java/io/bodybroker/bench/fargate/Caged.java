package io.bodybroker.bench.fargate;

import io.bodybroker.bench.load.Contender;
import io.bodybroker.bench.load.Load;
import io.bodybroker.bench.load.Place;
import io.bodybroker.bench.load.Sample;
import io.bodybroker.bench.load.Service;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A service in a control group, and who calls it outside. Not thread-safe. */
final class Caged implements AutoCloseable {
  static final double CORES = 0.25;
  static final long MEMORY = 512L << 20;

  /**
   * One measurement.
   *
   * @param rate calls a second that were to be made
   * @param used by the service
   * @param pauses of its collector, in milliseconds
   */
  record Probe(int rate, Sample sample, ControlGroup.Used used, List<Double> pauses) {
    double p99Millis() {
      return sample.micros(99) / 1e3;
    }

    /** Of the processor time that it may have. */
    double share() {
      return used.cpuNanos() / (CORES * sample.nanos());
    }

    double cpuMicrosPerCall() {
      return used.cpuNanos() / 1e3 / sample.calls();
    }

    /** Of the periods in which it ran. */
    double throttled() {
      return used.periods() == 0 ? 0 : (double) used.throttled() / used.periods();
    }

    double longestPause() {
      return pauses.stream().mapToDouble(Double::doubleValue).max().orElse(0);
    }
  }

  private final ControlGroup group;
  private final Pauses pauses;
  private final Contender contender;

  private Caged(ControlGroup group, Pauses pauses, Contender contender) {
    this.group = group;
    this.pauses = pauses;
    this.contender = contender;
  }

  /** Starts it; returns when it can be called. */
  static Caged start(
      String name, Class<? extends Service> service, String natsUrl, List<String> flags)
      throws IOException {
    var group = ControlGroup.create("bb-bench-" + ProcessHandle.current().pid(), CORES, MEMORY);
    Pauses pauses = null;
    try {
      pauses = Pauses.create();
      var all = new ArrayList<>(flags);
      all.add(pauses.flag());
      var place = new Place(group.prefix(), all);
      return new Caged(group, pauses, Contender.start(name, service, natsUrl, place, Place.USUAL));
    } catch (IOException e) {
      try (group) {
        if (pauses != null) {
          pauses.close();
        }
      }
      throw e;
    }
  }

  /** At both ends: half of the time as many calls as there can be, then as they will come. */
  void warmUp(int bytes, int millis) throws IOException {
    var full = run(new Load(Load.Style.ASYNC, bytes, Search.ALL_AT_ONCE, millis / 2));
    int few = (int) Math.max(1, full.sample().perSecond() / 8);
    var unused = run(new Load(Load.Style.OPEN, bytes, few, millis / 2));
  }

  Probe run(Load load) throws IOException {
    int pausesBefore = pauses.millis().size();
    ControlGroup.Used before = group.used();
    Sample sample = contender.run(load);
    ControlGroup.Used used = group.used().minus(before);
    var all = pauses.millis();
    return new Probe(load.number(), sample, used, all.subList(pausesBefore, all.size()));
  }

  long mostMemory() throws IOException {
    return group.mostMemory();
  }

  String version() {
    return group.version();
  }

  @Override
  public void close() throws IOException {
    try (group;
        pauses) {
      contender.close();
    }
  }
}
