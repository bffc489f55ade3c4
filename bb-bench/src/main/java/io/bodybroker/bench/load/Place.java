package io.bodybroker.bench.load;

import java.util.ArrayList;
import java.util.List;

/**
 * How a worker process is started.
 *
 * @param prefix of its command line: a program that starts the one that follows, in a control group
 *     for example
 * @param flags of its JVM; those that come later win
 */
public record Place(List<String> prefix, List<String> flags) {
  /** A process like any other, with the flags that contenders have where nothing else is said. */
  public static final Place USUAL = new Place(List.of(), WorkerProcess.FLAGS);

  /** Both are copied. */
  public Place {
    prefix = List.copyOf(prefix);
    flags = List.copyOf(flags);
  }

  /** This, and more flags. */
  public Place with(String... more) {
    var all = new ArrayList<>(flags);
    all.addAll(List.of(more));
    return new Place(prefix, all);
  }
}
