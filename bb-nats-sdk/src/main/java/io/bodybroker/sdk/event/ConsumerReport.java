package io.bodybroker.sdk.event;

import io.bodybroker.sdk.stream.Difference;
import java.util.List;

/**
 * How a durable consumer on the server stands against what is declared.
 *
 * @param stream whose events it takes
 * @param name of the consumer
 * @param isDeclared whether a {@link ConsumerCatalog.Provider} knows it
 * @param exists whether it is there
 * @param waiting events that it has not been given yet
 * @param atWork events that it has been given and not finished
 * @param redelivered those of them that were given more than once
 * @param finishedUpTo all events of its stream up to this sequence are finished
 * @param differences in what it is not what is declared
 */
public record ConsumerReport(
    String stream,
    String name,
    boolean isDeclared,
    boolean exists,
    long waiting,
    long atWork,
    long redelivered,
    long finishedUpTo,
    List<Difference> differences) {

  /** With the list copied. */
  public ConsumerReport {
    differences = List.copyOf(differences);
  }

  /** Whether it is there, as declared. */
  public boolean isAsDeclared() {
    return isDeclared && exists && differences.isEmpty();
  }
}
