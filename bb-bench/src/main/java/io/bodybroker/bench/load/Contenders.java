package io.bodybroker.bench.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** All who are measured in one run; the same load is put on each in turns. Not thread-safe. */
public final class Contenders implements AutoCloseable {
  private final List<Contender> contenders = new ArrayList<>();

  /** None yet. */
  public Contenders() {}

  /** Starts all, each with two processes and an account of its own. */
  public static Contenders start(Map<String, Class<? extends Service>> services, Broker broker)
      throws IOException {
    var started = new Contenders();
    try {
      for (var each : services.entrySet()) {
        started.add(Contender.start(each.getKey(), each.getValue(), broker.newAccount()));
      }
      return started;
    } catch (IOException | RuntimeException e) {
      started.close();
      throw e;
    }
  }

  /** One more, which has been started, and is closed with the others. */
  public void add(Contender contender) {
    contenders.add(contender);
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
   * @param loads which all differ
   * @return what each load did, in the order of the loads
   * @throws IllegalArgumentException if two are equal: nobody could tell what each of them did
   */
  public List<Rounds> run(List<Load> loads, int rounds) throws IOException {
    if (Set.copyOf(loads).size() < loads.size()) {
      throw new IllegalArgumentException("loads: " + loads + " (expected: all different)");
    }
    var slots = new ArrayList<Slot>();
    for (Load load : loads) {
      contenders.forEach(contender -> slots.add(new Slot(contender, load)));
    }
    var samples = Turns.of(rounds).take(slots, slot -> slot.contender().run(slot.load()));
    return loads.stream().map(load -> rounds(load, samples)).toList();
  }

  /** What is run once in each round. */
  private record Slot(Contender contender, Load load) {}

  private static Rounds rounds(Load load, Map<Slot, List<Sample>> all) {
    var samples = new LinkedHashMap<String, List<Sample>>();
    all.forEach((slot, rounds) -> {
      if (slot.load().equals(load)) {
        samples.put(slot.contender().name(), rounds);
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
