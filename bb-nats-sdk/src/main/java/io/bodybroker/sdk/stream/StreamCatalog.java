package io.bodybroker.sdk.stream;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;

/**
 * Every stream that is declared, and so which one an event belongs to.
 *
 * <p>A team declares its streams in one class beside its contracts, as a {@link Provider} named in
 * {@code META-INF/services}; everybody with the contracts on the class path then knows them.
 * Immutable and thread-safe.
 */
public final class StreamCatalog {
  private final List<StreamSpec> streams;

  private StreamCatalog(List<StreamSpec> streams) {
    this.streams = List.copyOf(streams);
  }

  /** Declares streams. Found by {@link ServiceLoader}. */
  public interface Provider {
    /** What is declared; the same each time. */
    List<StreamSpec> streams();
  }

  /**
   * What all providers on the class path declare.
   *
   * @throws IllegalArgumentException if two of them claim a name or a subject, naming both
   */
  public static StreamCatalog onClassPath() {
    var all = new ArrayList<StreamSpec>();
    for (Provider provider : ServiceLoader.load(Provider.class)) {
      all.addAll(provider.streams());
    }
    return of(all);
  }

  /**
   * These streams.
   *
   * @throws IllegalArgumentException if two of them claim a name or a subject, naming both
   */
  public static StreamCatalog of(List<StreamSpec> streams) {
    for (int i = 0; i < streams.size(); i++) {
      for (StreamSpec other : streams.subList(i + 1, streams.size())) {
        StreamSpec one = streams.get(i);
        if (one.name().equals(other.name()) || one.overlaps(other)) {
          throw new IllegalArgumentException(
              "streams %s and %s (expected: different names, and no subject taken by both)"
                  .formatted(one, other));
        }
      }
    }
    return new StreamCatalog(streams);
  }

  /** All of them, as declared. */
  public List<StreamSpec> streams() {
    return streams;
  }

  /** The one that takes messages on a subject without wildcards. */
  public Optional<StreamSpec> find(String subject) {
    return streams.stream().filter(stream -> stream.takes(subject)).findFirst();
  }

  /**
   * The one that takes messages on a subject without wildcards.
   *
   * @throws IllegalArgumentException if none is declared
   */
  public StreamSpec require(String subject) {
    return find(subject)
        .orElseThrow(() ->
            new IllegalArgumentException(
                "no declared stream takes \"%s\" (expected: one of %s, or a StreamCatalog.Provider that has it)"
                    .formatted(subject, streams)));
  }
}
