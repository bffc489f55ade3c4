package io.bodybroker.timemanager;

import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.sdk.time.ProtoTimes;
import io.bodybroker.timemanager.v1.ScheduleEventRequest;
import java.time.Duration;
import java.util.Set;

/** What a schedule may be, beyond what the contract's field rules can say. */
final class ScheduleRules {
  static final int DEFAULT_PAGE_SIZE = 50;
  static final Duration MIN_RECURRENCE = Duration.ofMinutes(1);
  static final Duration MAX_RECURRENCE = Duration.ofDays(10 * 360);

  /** A callback there would be a forged request, or a forged dead letter. */
  private static final Set<String> RESERVED = Set.of("svc", "dlq");

  private ScheduleRules() {}

  /**
   * Refuses what may not be scheduled.
   *
   * @throws ServiceException {@code INVALID_ARGUMENT} naming field, value and what would be right
   */
  static void check(ScheduleEventRequest request) {
    checkSubject(request.getCallbackSubject());
    if (request.hasRecurrence()) {
      checkRecurrence(ProtoTimes.duration(request.getRecurrence()));
    }
  }

  private static void checkSubject(String subject) {
    var area = subject.split("\\.", 2)[0];
    if (RESERVED.contains(area) || area.startsWith("_")) {
      throw ServiceException.invalidArgument(
          "callback_subject", subject, "a subject that does not begin with svc, dlq or '_'");
    }
  }

  private static void checkRecurrence(Duration recurrence) {
    if (recurrence.compareTo(MIN_RECURRENCE) < 0
        || recurrence.compareTo(MAX_RECURRENCE) > 0
        || recurrence.toNanosPart() != 0) {
      throw ServiceException.invalidArgument(
          "recurrence",
          recurrence.toSeconds()
              + (recurrence.toNanosPart() == 0
                  ? " s"
                  : " s and " + recurrence.toNanosPart() + " ns"),
          "whole seconds, " + MIN_RECURRENCE.toSeconds() + " to " + MAX_RECURRENCE.toSeconds());
    }
  }
}
