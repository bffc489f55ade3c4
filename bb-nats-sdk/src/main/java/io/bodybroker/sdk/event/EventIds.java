package io.bodybroker.sdk.event;

/** The ids of events that stand for a change of a store. */
final class EventIds {
  private static final int MAX_KEY = 120;

  private EventIds() {}

  /**
   * Names a change for good.
   *
   * @param store whose change it is
   * @param key for people: it may hold what ids may not, so it is shortened and mended
   * @param place what alone tells it from all other changes of the store
   */
  static String of(String store, String key, String place) {
    String printable = key.replaceAll("[^\\x21-\\x7e]", "?");
    String cut = printable.length() > MAX_KEY ? printable.substring(0, MAX_KEY) : printable;
    return store + ":" + cut + ":" + place;
  }
}
