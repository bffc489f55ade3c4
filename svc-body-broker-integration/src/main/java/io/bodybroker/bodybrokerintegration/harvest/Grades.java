package io.bodybroker.bodybrokerintegration.harvest;

import io.bodybroker.bodybrokerintegration.v1.Grade;

/** What grades mean. */
public final class Grades {
  private Grades() {}

  /** The grade of a quality. */
  public static Grade of(double quality) {
    if (quality >= 1) {
      return Grade.PRISTINE;
    }
    if (quality >= 0.75) {
      return Grade.PRIME;
    }
    if (quality >= 0.5) {
      return Grade.GOOD;
    }
    return quality >= 0.3 ? Grade.DAMAGED : Grade.JUNK;
  }

  /** What a part of this grade is worth, as a multiple of a good one. */
  public static double multiplier(Grade grade) {
    return switch (grade) {
      case JUNK -> 0.25;
      case DAMAGED -> 0.5;
      case GOOD -> 1;
      case PRIME -> 1.5;
      case PRISTINE -> 2;
      case GRADE_UNSPECIFIED, UNRECOGNIZED -> throw new IllegalArgumentException("no grade");
    };
  }

  /** Whether it is this grade or better. */
  public static boolean isAtLeast(Grade grade, Grade floor) {
    return grade.getNumber() >= floor.getNumber();
  }
}
