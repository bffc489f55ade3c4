package io.bodybroker.bench.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All who are measured in one run; the same load is put on each in turns. Not thread-safe. */
public final class Contenders implements AutoCloseable {
  private final List<Contender> contenders = new ArrayList<>();

  private Contenders() {}

  /** Starts all, each with two processes. */
  public static Contenders start(Map<String, Class<? extends Service>> services, String natsUrl)
      throws IOException {
    var started = new Contenders();
    try {
      for (var each : services.entrySet()) {
        started.contenders.add(Contender.start(each.getKey(), each.getValue(), natsUrl));
      }
      return started;
    } catch (IOException e) {
      started.close();
      throw e;
    }
  }

  /** In the order in which they were given. */
  public List<String> names() {
    return contenders.stream().map(Contender::name).toList();
  }

  /** Puts each load on each, and forgets what came of it. */
  public void warmUp(List<Load> loads) throws IOException {
    for (Contender contender : contenders) {
      for (Load load : loads) {
        contender.run(load);
      }
    }
  }

  /**
   * Puts the load on all, one after the other, so often and once before, which is thrown away;
   * every other time in the other order.
   */
  public Rounds run(Load load, int rounds) throws IOException {
    var samples = new LinkedHashMap<String, List<Sample>>();
    contenders.forEach(contender -> samples.put(contender.name(), new ArrayList<>()));
    for (int round = 0; round <= rounds; round++) {
      for (Contender contender : round % 2 == 0 ? contenders : contenders.reversed()) {
        Sample sample = contender.run(load);
        if (round > 0) {
          samples.getOrDefault(contender.name(), List.of()).add(sample);
        }
      }
    }
    return new Rounds(samples);
  }

  @Override
  public void close() throws IOException {
    IOException failure = null;
    for (Contender contender : contenders.reversed()) {
      try {
        contender.close();
      } catch (IOException e) {
        if (failure == null) {
          failure = e;
        } else {
          failure.addSuppressed(e);
        }
      }
    }
    if (failure != null) {
      throw failure;
    }
  }
}
