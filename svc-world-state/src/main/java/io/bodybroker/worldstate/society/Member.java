package io.bodybroker.worldstate.society;

/**
 * A faction for itself.
 *
 * @param id its name within the world
 * @param name what it is called
 * @param level its own power, 0 to 100
 * @param members how many non-player characters of note it has
 * @param averageLevel theirs, 0 to 1
 */
public record Member(String id, String name, double level, int members, double averageLevel) {
  static final double USUAL_LEVEL = 50;

  /** Keeps its level within bounds. */
  public Member {
    level = Bounds.clamp(level, 0, 100);
  }

  /** One that is new. */
  static Member named(String id) {
    return new Member(id, id, USUAL_LEVEL, 0, 0);
  }

  Member withLevel(double value) {
    return new Member(id, name, value, members, averageLevel);
  }

  Member withMembers(int value) {
    return new Member(id, name, level, value, averageLevel);
  }
}
