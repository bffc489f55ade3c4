package io.bodybroker.bodybrokerintegration;

import io.bodybroker.bodybrokerintegration.deal.Progress;
import io.bodybroker.bodybrokerintegration.state.v1.DealEvent;
import io.bodybroker.bodybrokerintegration.state.v1.StoredDeal;
import io.bodybroker.bodybrokerintegration.v1.Deal;
import io.bodybroker.bodybrokerintegration.v1.DealState;
import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.sdk.store.Change;
import io.bodybroker.sdk.store.Store;
import io.bodybroker.sdk.store.Versioned;
import io.bodybroker.sdk.store.Watch;
import io.bodybroker.sdk.time.ProtoTimes;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The documents of deals, one each. */
final class Deals {
  private final Store<StoredDeal> store;

  Deals(Store<StoredDeal> store) {
    this.store = store;
  }

  static String key(String player, String dealId) {
    return player + "/" + dealId;
  }

  static String key(StoredDeal deal) {
    return key(deal.getPlayerId(), deal.getDealId());
  }

  static long number(StoredDeal deal) {
    return Long.parseLong(deal.getDealId().substring(1));
  }

  Optional<Versioned<StoredDeal>> find(String key) {
    return store.get(key);
  }

  /**
   * A deal.
   *
   * @throws ServiceException {@code NOT_FOUND} if there is none
   */
  Versioned<StoredDeal> require(String player, String dealId) {
    return find(key(player, dealId)).orElseThrow(() -> ServiceException.notFound("deal", dealId));
  }

  /** The deals of a player, the newest first. */
  List<StoredDeal> of(String player) {
    return store.list(player + "/").stream()
        .map(document -> document.value())
        .sorted(Comparator.comparingLong(Deals::number).reversed())
        .toList();
  }

  /** Follows one deal. */
  Watch watch(String player, String dealId, Consumer<StoredDeal> listener) {
    return store.watchKey(
        key(player, dealId),
        change -> {
          if (change instanceof Change.Put<StoredDeal> put) {
            listener.accept(put.value());
          }
        });
  }

  /**
   * Stores an offer as it was made with the player, unless it is stored already, is on its way, or
   * has expired, in which case nobody can want it.
   */
  void store(StoredDeal offer, Instant now) {
    if (offer.getDealId().isEmpty() || isPast(offer, now)) {
      return;
    }
    store.update(
        key(offer),
        current -> {
          if (current.isEmpty()) {
            return offer;
          }
          var deal = current.get();
          boolean isNewer = deal.getRounds() < offer.getRounds();
          return isNewer && deal.getState() == DealState.OFFERED ? offer : deal;
        });
  }

  /** Writes the next revision of a deal; empty if somebody else was faster. */
  Optional<Versioned<StoredDeal>> write(Versioned<StoredDeal> before, StoredDeal next) {
    try {
      long version = store.compareAndSet(before.key(), next, before.version());
      return Optional.of(new Versioned<>(before.key(), next, version));
    } catch (ServiceException e) {
      if (e.code() == ErrorCode.ABORTED) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** Removes a deal if it is still as it was. */
  void forget(Versioned<StoredDeal> deal) {
    try {
      store.delete(deal.key(), deal.version());
    } catch (ServiceException e) {
      // Another instance was faster: it is gone as well.
      if (e.code() != ErrorCode.ABORTED) {
        throw e;
      }
    }
  }

  private static boolean isPast(StoredDeal deal, Instant now) {
    return !now.isBefore(ProtoTimes.instant(deal.getExpiresAt()));
  }

  /** Whether it was on offer for too long, whether or not that is written down yet. */
  static boolean isExpired(StoredDeal deal, Instant now) {
    return deal.getState() == DealState.OFFERED && isPast(deal, now);
  }

  /** As it is when nobody has completed it in time. */
  static StoredDeal expired(StoredDeal deal) {
    return new Progress(deal)
        .closed(
            DealState.EXPIRED,
            "nobody completed it in time",
            DealEvent.ENDED,
            ProtoTimes.instant(deal.getExpiresAt()))
        .stored();
  }

  /**
   * Refuses a deal that is not on offer any more.
   *
   * @throws ServiceException {@code FAILED_PRECONDITION}
   */
  static void requireOffered(StoredDeal deal, Instant now) {
    var state = isExpired(deal, now) ? DealState.EXPIRED : deal.getState();
    if (state != DealState.OFFERED) {
      throw Parts.refused("deal \"%s\" is %s, not OFFERED".formatted(deal.getDealId(), state));
    }
  }

  static Deal wire(StoredDeal stored, Instant now) {
    var deal = isExpired(stored, now) ? expired(stored) : stored;
    var wire =
        Deal.newBuilder()
            .setPlayerId(deal.getPlayerId())
            .setDealId(deal.getDealId())
            .setFamily(deal.getFamily())
            .setState(deal.getState())
            .setPayment(deal.getPayment())
            .addAllParts(deal.getPartsList())
            .setPrice(deal.getPrice())
            .setOutcome(deal.getOutcome())
            .setRounds(deal.getRounds())
            .setWorldId(deal.getWorldId())
            .setOfferedAt(deal.getOfferedAt())
            .setExpiresAt(deal.getExpiresAt())
            .setReason(deal.getReason())
            .addAllSteps(deal.getStepsList());
    if (deal.hasClosedAt()) {
      wire.setClosedAt(deal.getClosedAt());
    }
    return wire.build();
  }
}
