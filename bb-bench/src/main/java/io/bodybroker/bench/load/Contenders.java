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
    return start(services, (name, service) -> Contender.start(name, service, natsUrl));
  }

  /** Starts one service once in each place, with both of its processes there. */
  public static Contenders start(
      Class<? extends Service> service, Map<String, Place> places, String natsUrl)
      throws IOException {
    return start(places, (name, place) -> Contender.start(name, service, natsUrl, place, place));
  }

  private interface Start<T> {
    Contender start(String name, T how) throws IOException;
  }

  private static <T> Contenders start(Map<String, T> all, Start<T> start) throws IOException {
    var started = new Contenders();
    try {
      for (var each : all.entrySet()) {
        started.contenders.add(start.start(each.getKey(), each.getValue()));
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
    return run(List.of(load), rounds).getFirst();
  }

  /**
   * Puts each load on all in every round, so that loads can be compared with each other too.
   *
   * @return what each load did, in the order of the loads
   */
  public List<Rounds> run(List<Load> loads, int rounds) throws IOException {
    var turns = new ArrayList<Turn>();
    for (Load load : loads) {
      contenders.forEach(contender -> turns.add(new Turn(contender, load)));
    }
    var samples = Turns.of(rounds).take(turns, turn -> turn.contender().run(turn.load()));
    return loads.stream().map(load -> rounds(load, samples)).toList();
  }

  private record Turn(Contender contender, Load load) {}

  private static Rounds rounds(Load load, Map<Turn, List<Sample>> all) {
    var samples = new LinkedHashMap<String, List<Sample>>();
    all.forEach((turn, rounds) -> {
      if (turn.load().equals(load)) {
        samples.put(turn.contender().name(), rounds);
      }
    });
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
