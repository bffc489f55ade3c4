package io.bodybroker.cli.permissions;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What one program may do; nothing else.
 *
 * @param user the program, which must run under this {@code SERVICE_NAME}
 * @param publishes subjects it may publish on, requests included
 * @param subscribes subjects it may listen on, each with a queue group after a space if it must be
 *     in one
 */
public record Grant(String user, List<String> publishes, List<String> subscribes) {
  public Grant {
    publishes = List.copyOf(publishes);
    subscribes = List.copyOf(subscribes);
  }

  /** The variable in nats-server's configuration that holds its key or its password. */
  public String variable(String kind) {
    return kind + "_" + user.replace('-', '_').toUpperCase(Locale.ROOT);
  }

  /** Collects. */
  static final class Builder {
    private final String user;
    private final SortedSet<String> publishes = new TreeSet<>();
    private final SortedSet<String> subscribes = new TreeSet<>();

    /** Whoever it is, it is answered at its own addresses, where nobody else may listen. */
    Builder(String user) {
      this.user = user;
      subscribes.add(inbox(user));
    }

    static String inbox(String user) {
      return "_INBOX." + user + ".>";
    }

    Builder publish(String... subjects) {
      publishes.addAll(List.of(subjects));
      return this;
    }

    Builder subscribe(String... subjects) {
      subscribes.addAll(List.of(subjects));
      return this;
    }

    /** Answers to these, and grants streams from these more messages. */
    Builder answer(Collection<String> others) {
      others.forEach(other -> publishes.add(inbox(other)));
      return this;
    }

    Grant build() {
      return new Grant(user, List.copyOf(publishes), List.copyOf(subscribes));
    }
  }
}
