package io.bodybroker.eventbus;

import io.bodybroker.eventbus.v1.BusEvent;
import io.bodybroker.eventbus.v1.Subscription;
import io.bodybroker.sdk.error.ServiceException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which events somebody wants.
 *
 * @param patterns their types are like one of these; at least one
 * @param filters they have each of these attributes with just this value
 */
record Interest(List<EventPattern> patterns, Map<String, String> filters) {
  private static final String ALL = ">";
  private static final int MAX_NAME = 64;
  private static final int MAX_VALUE = 256;

  Interest {
    patterns = List.copyOf(patterns);
    filters = Map.copyOf(filters);
  }

  /**
   * What a request says.
   *
   * @throws ServiceException {@code INVALID_ARGUMENT} naming what is wrong
   */
  static Interest of(List<String> patterns, Map<String, String> filters) {
    checkAttributes("filters", filters);
    return new Interest(patterns(patterns), filters);
  }

  /**
   * What a request of a reader says.
   *
   * @param attributes each {@code name=value}
   * @throws ServiceException {@code INVALID_ARGUMENT} naming what is wrong
   */
  static Interest of(List<String> patterns, List<String> attributes) {
    var filters = new TreeMap<String, String>();
    for (int i = 0; i < attributes.size(); i++) {
      String text = attributes.get(i);
      int equals = text.indexOf('=');
      if (equals < 1) {
        throw ServiceException.invalidArgument("attributes[" + i + "]", text, "name=value");
      }
      filters.put(text.substring(0, equals), text.substring(equals + 1));
    }
    checkAttributes("attributes", filters);
    return new Interest(patterns(patterns), filters);
  }

  static Interest of(Subscription subscription) {
    return new Interest(
        subscription.getEventPatternsList().stream().map(EventPattern::new).toList(),
        subscription.getFiltersMap());
  }

  private static List<EventPattern> patterns(List<String> texts) {
    if (texts.isEmpty()) {
      return List.of(new EventPattern(ALL));
    }
    var patterns = new ArrayList<EventPattern>();
    for (int i = 0; i < texts.size(); i++) {
      patterns.add(EventPattern.of("event_patterns[" + i + "]", texts.get(i)));
    }
    return List.copyOf(new LinkedHashSet<>(patterns));
  }

  /** Refuses attributes that no event can have. */
  static void checkAttributes(String field, Map<String, String> attributes) {
    new TreeMap<>(attributes)
        .forEach((name, value) -> {
          if (name.isEmpty() || name.length() > MAX_NAME) {
            throw ServiceException.invalidArgument(
                field, name, "names of 1 to " + MAX_NAME + " characters");
          }
          if (value.length() > MAX_VALUE) {
            throw ServiceException.invalidArgument(
                field + "." + name, value, "at most " + MAX_VALUE + " characters");
          }
        });
  }

  boolean wants(BusEvent event) {
    return patterns.stream().anyMatch(pattern -> pattern.matches(event.getEventType()))
        && filters.entrySet().stream()
            .allMatch(
                filter -> filter.getValue().equals(event.getAttributesMap().get(filter.getKey())));
  }

  /**
   * What the server is asked for: a consumer has one pattern. With several all events are asked
   * for, and those that are not wanted passed by.
   */
  String topics() {
    return patterns.size() == 1 ? patterns.getFirst().text() : ALL;
  }
}
