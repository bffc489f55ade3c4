package io.bodybroker.questsystem.journal;

/**
 * A level and the experience since then. A level is made by 100 times its number, so level 2 takes
 * 100 and level 3 a further 200.
 */
record Experience(int level, long points) {
  private static final int POINTS_A_LEVEL = 100;

  /** With more of it; levels are made as far as it reaches. */
  Experience plus(long more) {
    int next = level;
    long left = points + more;
    while (left >= pointsToNext(next)) {
      left -= pointsToNext(next);
      next++;
    }
    return new Experience(next, left);
  }

  /** How much makes the next level, of which {@link #points} are there. */
  long pointsToNext() {
    return pointsToNext(level);
  }

  private static long pointsToNext(int level) {
    return (long) level * POINTS_A_LEVEL;
  }
}
