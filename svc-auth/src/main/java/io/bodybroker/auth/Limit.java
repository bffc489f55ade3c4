package io.bodybroker.auth;

import io.bodybroker.auth.v1.RateClass;
import io.bodybroker.auth.v1.Role;
import java.util.Collection;
import java.util.Locale;
import java.util.Set;

/**
 * Which limit holds for a request, and what it is.
 *
 * @param rateClass which
 * @param perMinute how many requests a window has room for
 */
record Limit(RateClass rateClass, int perMinute) {
  private static final Set<String> READS =
      Set.of("read", "get", "list", "query", "search", "watch");

  /**
   * The limit for a request.
   *
   * @param roles what the caller was granted
   * @param resource what is asked for, "ai/infer"
   * @param action what is done with it; empty if that is not said
   */
  static Limit of(Caller caller, Collection<Role> roles, String resource, String action) {
    return of(rateClass(caller, roles, area(resource), action.toLowerCase(Locale.ROOT)));
  }

  private static String area(String resource) {
    int end = resource.indexOf('/');
    return (end < 0 ? resource : resource.substring(0, end)).toLowerCase(Locale.ROOT);
  }

  private static RateClass rateClass(
      Caller caller, Collection<Role> roles, String area, String action) {
    if (area.equals("ai")) {
      return RateClass.AI_GENERATION; // costs the same, whoever asks
    }
    if (!roles.isEmpty()) {
      return RateClass.ADMIN;
    }
    boolean isRead = READS.contains(action);
    if (area.equals("knowledge") && action.equals("search")) {
      return RateClass.KNOWLEDGE_SEARCH;
    }
    if (area.equals("knowledge") && !action.isEmpty() && !isRead) {
      return RateClass.KNOWLEDGE_WRITE;
    }
    if (action.isEmpty()) {
      return RateClass.DEFAULT;
    }
    return switch (caller) {
      case Caller.Player player -> isRead ? RateClass.AUTHENTICATED : RateClass.DEFAULT;
      case Caller.Address address -> isRead ? RateClass.PUBLIC_READ : RateClass.PUBLIC_WRITE;
    };
  }

  /** The limit of a class. */
  static Limit of(RateClass rateClass) {
    return new Limit(
        rateClass,
        switch (rateClass) {
          case DEFAULT -> 100;
          case PUBLIC_READ -> 200;
          case PUBLIC_WRITE -> 50;
          case AUTHENTICATED -> 500;
          case ADMIN -> 1000;
          case AI_GENERATION, KNOWLEDGE_WRITE -> 10;
          case KNOWLEDGE_SEARCH -> 30;
          case RATE_CLASS_UNSPECIFIED, UNRECOGNIZED ->
              throw new IllegalArgumentException("rate class: " + rateClass);
        });
  }
}
