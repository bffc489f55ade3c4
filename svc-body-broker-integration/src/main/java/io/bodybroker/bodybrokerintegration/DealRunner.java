package io.bodybroker.bodybrokerintegration;

import io.bodybroker.bodybrokerintegration.deal.Backoff;
import io.bodybroker.bodybrokerintegration.deal.Leases;
import io.bodybroker.bodybrokerintegration.deal.Patience;
import io.bodybroker.bodybrokerintegration.deal.Progress;
import io.bodybroker.bodybrokerintegration.deal.Refusal;
import io.bodybroker.bodybrokerintegration.deal.Step;
import io.bodybroker.bodybrokerintegration.state.v1.StoredDeal;
import io.bodybroker.bodybrokerintegration.v1.DealStepName;
import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.sdk.store.Versioned;
import io.bodybroker.sdk.time.ProtoTimes;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/**
 * Completes deals, or undoes what was done for them. {@link Progress} says what comes next; this
 * does it.
 *
 * <p>Before a step is tried it is written into the deal that it is, by compare-and-set and under a
 * lease. So there is never anything in the world that no document tells of, and of two instances
 * that want the same deal only one gets on. Whoever dies leaves a deal that says which step may
 * have happened; after the lease another instance tries just that step again, which has its effect
 * once however often it is tried.
 *
 * <p>Thread-safe.
 */
final class DealRunner {
  private static final Logger LOG = System.getLogger(DealRunner.class.getName());

  private final Deals deals;
  private final Map<DealStepName, Step> steps;
  private final Leases leases;
  private final InstantSource time;
  private final StepGate gate;

  DealRunner(
      Deals deals,
      Map<DealStepName, Step> steps,
      Leases leases,
      InstantSource time,
      StepGate gate) {
    this.deals = deals;
    this.steps = Map.copyOf(steps);
    this.leases = leases;
    this.time = time;
    this.gate = gate;
  }

  /** Accepts an offer; empty if somebody else was faster. */
  Optional<Versioned<StoredDeal>> begin(Versioned<StoredDeal> offered) {
    return deals.write(offered, held(Progress.begun(offered.value())));
  }

  /** Takes up a deal that nobody is at work on; empty if somebody is. */
  Optional<Versioned<StoredDeal>> takeUp(Versioned<StoredDeal> deal) {
    var progress = new Progress(deal.value());
    return progress.isOnItsWay() && !time.instant().isBefore(Leases.freeFrom(deal.value()))
        ? deals.write(deal, held(progress.again()))
        : Optional.empty();
  }

  private StoredDeal held(Progress progress) {
    return leases.taken(progress.stored(), time.instant());
  }

  /**
   * Goes on with a deal that this instance holds, until it has ended, something goes wrong, or
   * there is no time left. Returns it as this instance left it.
   */
  Versioned<StoredDeal> run(Versioned<StoredDeal> held, Patience patience) {
    var deal = held;
    while (isMine(deal.value())) {
      var next = patience.isOver() ? handedOver(deal.value()) : step(deal.value(), patience);
      var written = deals.write(deal, next);
      if (written.isEmpty()) {
        return deals.find(deal.key()).orElse(deal);
      }
      deal = written.get();
    }
    return deal;
  }

  /** What was only thought dead must not act once its lease is over. */
  private boolean isMine(StoredDeal deal) {
    return deal.hasLease() && time.instant().isBefore(Leases.freeFrom(deal));
  }

  private StoredDeal handedOver(StoredDeal deal) {
    var free = Leases.released(deal).toBuilder();
    return free.setRetryAt(ProtoTimes.timestamp(time.instant())).build();
  }

  /** Does what is next and says how the deal is then. */
  private StoredDeal step(StoredDeal deal, Patience patience) {
    var progress = new Progress(deal);
    var name = progress.current();
    boolean isUndoing = progress.isUndoing();
    var step = steps.get(name);
    if (step == null) {
      throw new IllegalStateException("there is nothing to do for step " + name);
    }
    gate.before(name, isUndoing);
    try {
      if (isUndoing) {
        step.undo(deal, patience.forStep());
      } else {
        step.apply(deal, patience.forStep());
      }
    } catch (ServiceException e) {
      return failed(progress, step, e);
    }
    gate.after(name, isUndoing);
    var now = time.instant();
    return onward(isUndoing ? progress.undone(now) : progress.done(now));
  }

  private StoredDeal failed(Progress progress, Step step, ServiceException error) {
    var now = time.instant();
    var told = error.code() + ": " + error.message();
    if (Refusal.isForGood(error)) {
      if (!progress.isUndoing()) {
        return onward(progress.refused(told, now));
      }
      if (step.standsIfNotUndone()) {
        return onward(progress.stands(told, now));
      }
    }
    if (progress.stored().getFailures() == 0) {
      LOG.log(
          Level.WARNING,
          "deal {0} waits at {1}: {2}",
          Deals.key(progress.stored()),
          progress.current(),
          told);
    }
    var retryAt = now.plus(Backoff.after(progress.stored().getFailures()));
    return Leases.released(progress.troubled(told, retryAt).stored());
  }

  private StoredDeal onward(Progress progress) {
    return progress.isOnItsWay() ? held(progress) : progress.stored();
  }
}
