package io.bodybroker.sdk.event;

import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;

/**
 * Every durable consumer that is declared: what operators compare the server with.
 *
 * <p>A team declares its consumers in one class beside its contracts and streams, as a {@link
 * Provider} named in {@code META-INF/services}. One that is consumed without being declared works
 * too, but is shown as one that nobody knows. Immutable and thread-safe.
 */
public final class ConsumerCatalog {
  private static final EventSubjects SUBJECTS = new EventSubjects();

  private final List<ConsumerSpec<?>> consumers;

  private ConsumerCatalog(List<ConsumerSpec<?>> consumers) {
    this.consumers = List.copyOf(consumers);
  }

  /** Declares consumers. Found by {@link ServiceLoader}. */
  public interface Provider {
    /** What is declared; the same each time. */
    List<ConsumerSpec<?>> consumers();
  }

  /**
   * What all providers on the class path declare.
   *
   * @throws IllegalArgumentException if two of them have one name
   */
  public static ConsumerCatalog onClassPath() {
    var all = new ArrayList<ConsumerSpec<?>>();
    for (Provider provider : ServiceLoader.load(Provider.class)) {
      all.addAll(provider.consumers());
    }
    return of(all);
  }

  /**
   * These consumers.
   *
   * @throws IllegalArgumentException if two of them have one name: whoever of the two services came
   *     first would take the other's events
   */
  public static ConsumerCatalog of(List<ConsumerSpec<?>> consumers) {
    for (int i = 0; i < consumers.size(); i++) {
      for (ConsumerSpec<?> other : consumers.subList(i + 1, consumers.size())) {
        ConsumerSpec<?> one = consumers.get(i);
        if (one.name().equals(other.name())) {
          throw new IllegalArgumentException(
              "consumer \"%s\" of both %s and %s (expected: a name for each)"
                  .formatted(one.name(), subject(one), subject(other)));
        }
      }
    }
    return new ConsumerCatalog(consumers);
  }

  /** All of them, as declared. */
  public List<ConsumerSpec<?>> consumers() {
    return consumers;
  }

  /** What the server knows the consumer by that has what comes back to one of this name. */
  public static String redriven(String consumer) {
    return consumer + "_redriven";
  }

  /** What a consumer's events are published on. */
  static String subject(ConsumerSpec<?> consumer) {
    return SUBJECTS.of(consumer.event().getDescriptorForType());
  }
}
