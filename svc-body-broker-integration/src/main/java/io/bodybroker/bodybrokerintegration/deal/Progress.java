package io.bodybroker.bodybrokerintegration.deal;

import io.bodybroker.bodybrokerintegration.state.v1.DealEvent;
import io.bodybroker.bodybrokerintegration.state.v1.StoredDeal;
import io.bodybroker.bodybrokerintegration.v1.DealState;
import io.bodybroker.bodybrokerintegration.v1.DealStep;
import io.bodybroker.bodybrokerintegration.v1.DealStepName;
import io.bodybroker.bodybrokerintegration.v1.DealStepState;
import io.bodybroker.sdk.time.ProtoTimes;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;

/**
 * A deal on its way through its steps.
 *
 * <p>While it is on its way exactly one step is {@code TRYING} or {@code UNDOING}: the one that is
 * at work. It is written down as such before it is tried, so whoever finds the deal knows what may
 * have happened. Each method is one thing that can come of that step, and makes the deal that is to
 * be written next:
 *
 * <pre>
 *   PENDING -> TRYING -> DONE                    the next one is tried; after the last: COMPLETED
 *              TRYING -> REFUSED                 those before are undone, the last first
 *                        DONE -> UNDOING -> UNDONE      after the first: FAILED
 *                        DONE -> UNDOING -> DONE        it cannot be undone: on to the end
 * </pre>
 *
 * @param stored the deal as stored
 */
public record Progress(StoredDeal stored) {
  /** The steps, in their order. */
  public static final List<DealStepName> STEPS =
      List.of(
          DealStepName.RESERVE_PARTS,
          DealStepName.DELIVER,
          DealStepName.PAY,
          DealStepName.ANNOUNCE,
          DealStepName.SETTLE);

  /** The deal, accepted: its first step is to be tried. */
  public static Progress begun(StoredDeal offered) {
    var deal =
        offered.toBuilder()
            .clearSteps()
            .clearEvent()
            .setState(DealState.EXECUTING)
            .setFailures(0)
            .clearRetryAt();
    for (DealStepName name : STEPS) {
      deal.addSteps(DealStep.newBuilder().setName(name).setState(DealStepState.PENDING));
    }
    return new Progress(deal.build()).at(0, DealStepState.TRYING);
  }

  /** Whether it is being completed, or what was done is being undone. */
  public boolean isOnItsWay() {
    return stored.getState() == DealState.EXECUTING || stored.getState() == DealState.COMPENSATING;
  }

  /** The step at work. */
  public DealStepName current() {
    return stored.getSteps(position()).getName();
  }

  /** Whether the step at work is being undone. */
  public boolean isUndoing() {
    return stored.getSteps(position()).getState() == DealStepState.UNDOING;
  }

  private int position() {
    for (int i = 0; i < stored.getStepsCount(); i++) {
      var state = stored.getSteps(i).getState();
      if (state == DealStepState.TRYING || state == DealStepState.UNDOING) {
        return i;
      }
    }
    throw new IllegalStateException("no step is at work in a deal that is " + stored.getState());
  }

  /** The step at work is about to be tried once more. */
  public Progress again() {
    int position = position();
    var step = stored.getSteps(position);
    return with(position, step.toBuilder().setAttempts(step.getAttempts() + 1).build());
  }

  /** The step at work has had its effect: on to the next, or the deal is completed. */
  public Progress done(Instant now) {
    int position = position();
    var next = as(position, DealStepState.DONE).calm();
    return next.forward(position + 1, now);
  }

  private Progress forward(int from, Instant now) {
    for (int i = from; i < STEPS.size(); i++) {
      if (stored.getSteps(i).getState() == DealStepState.PENDING) {
        return at(i, DealStepState.TRYING);
      }
    }
    return closed(DealState.COMPLETED, "", DealEvent.COMPLETED_ONCE, now);
  }

  /** The step at work was refused for good, without effect: what was done is to be undone. */
  public Progress refused(String reason, Instant now) {
    int position = position();
    var refused = as(position, DealStepState.REFUSED).told(position, reason).calm();
    var turned =
        new Progress(
            refused.stored.toBuilder()
                .setState(DealState.COMPENSATING)
                .setReason(current() + ": " + reason)
                .build());
    return turned.back(now);
  }

  /** The step at work was undone: on to the one before, or the deal has failed. */
  public Progress undone(Instant now) {
    return as(position(), DealStepState.UNDONE).calm().back(now);
  }

  private Progress back(Instant now) {
    var last = lastDone();
    return last.isPresent()
        ? at(last.getAsInt(), DealStepState.UNDOING)
        : closed(DealState.FAILED, stored.getReason(), DealEvent.ENDED, now);
  }

  private OptionalInt lastDone() {
    for (int i = stored.getStepsCount() - 1; i >= 0; i--) {
      if (stored.getSteps(i).getState() == DealStepState.DONE) {
        return OptionalInt.of(i);
      }
    }
    return OptionalInt.empty();
  }

  /**
   * The step at work cannot be undone. Nothing before it has been undone yet, so the deal can still
   * be had whole: it stands, and what is pending is done.
   */
  public Progress stands(String reason, Instant now) {
    int position = position();
    var kept = as(position, DealStepState.DONE).told(position, reason).calm();
    var turned =
        new Progress(kept.stored.toBuilder().setState(DealState.EXECUTING).clearReason().build());
    return turned.forward(position + 1, now);
  }

  /**
   * Something went wrong, and whether the step at work had its effect is not known: later again.
   */
  public Progress troubled(String trouble, Instant retryAt) {
    var told = told(position(), trouble);
    return new Progress(
        told.stored.toBuilder()
            .setFailures(stored.getFailures() + 1)
            .setRetryAt(ProtoTimes.timestamp(retryAt))
            .build());
  }

  private Progress calm() {
    return new Progress(stored.toBuilder().setFailures(0).clearRetryAt().build());
  }

  /** A deal that has ended. */
  public Progress closed(DealState state, String reason, DealEvent event, Instant now) {
    return new Progress(
        stored.toBuilder()
            .setState(state)
            .setReason(reason)
            .setEvent(event)
            .setClosedAt(ProtoTimes.timestamp(now))
            .clearLease()
            .build());
  }

  /** Attempts are counted anew for each thing that is tried: doing, and undoing. */
  private Progress at(int position, DealStepState state) {
    var step = stored.getSteps(position).toBuilder().setState(state).setAttempts(1);
    return with(position, step.clearLastError().build());
  }

  private Progress as(int position, DealStepState state) {
    return with(position, stored.getSteps(position).toBuilder().setState(state).build());
  }

  private Progress told(int position, String error) {
    var shortened = error.length() > 200 ? error.substring(0, 200) : error;
    return with(position, stored.getSteps(position).toBuilder().setLastError(shortened).build());
  }

  private Progress with(int position, DealStep step) {
    return new Progress(stored.toBuilder().setSteps(position, step).build());
  }
}
