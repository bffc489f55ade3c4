package io.bodybroker.bodybrokerintegration;

import com.google.protobuf.Message;
import io.bodybroker.bodybrokerintegration.state.v1.StoredBroker;
import io.bodybroker.bodybrokerintegration.state.v1.StoredDeal;
import io.bodybroker.bodybrokerintegration.v1.DealCompleted;
import io.bodybroker.bodybrokerintegration.v1.DealFailed;
import io.bodybroker.bodybrokerintegration.v1.DealNegotiated;
import io.bodybroker.bodybrokerintegration.v1.FamilyUnlocked;
import io.bodybroker.bodybrokerintegration.v1.HarvestCompleted;
import io.bodybroker.bodybrokerintegration.v1.KillRecorded;
import io.bodybroker.sdk.event.FeedSpec;
import io.bodybroker.sdk.store.Change;
import java.util.List;
import java.util.Optional;

/** Which events the revisions of documents are. */
final class BrokerEvents {
  /** Of a player's. */
  static final FeedSpec<StoredBroker> OF_PLAYERS =
      new FeedSpec<>(
          List.of(
              KillRecorded.getDefaultInstance(),
              HarvestCompleted.getDefaultInstance(),
              FamilyUnlocked.getDefaultInstance()),
          BrokerEvents::ofPlayer);

  /** Of a deal's. */
  static final FeedSpec<StoredDeal> OF_DEALS =
      new FeedSpec<>(
          List.of(
              DealNegotiated.getDefaultInstance(),
              DealCompleted.getDefaultInstance(),
              DealFailed.getDefaultInstance()),
          BrokerEvents::ofDeal);

  private BrokerEvents() {}

  private static Optional<? extends Message> ofPlayer(Change<StoredBroker> change) {
    return switch (change) {
      case Change.Put<StoredBroker> put -> ofPlayer(put.value());
      case Change.Deleted<StoredBroker> deleted -> Optional.empty();
    };
  }

  private static Optional<? extends Message> ofPlayer(StoredBroker broker) {
    return switch (broker.getEventCase()) {
      case KILL -> Optional.of(broker.getKill());
      case HARVEST -> Optional.of(broker.getHarvest());
      case UNLOCKED -> Optional.of(broker.getUnlocked());
      case EVENT_NOT_SET -> Optional.empty();
    };
  }

  /** None for deals that are forgotten: they have ended before. */
  private static Optional<? extends Message> ofDeal(Change<StoredDeal> change) {
    return switch (change) {
      case Change.Put<StoredDeal> put -> ofDeal(put.value());
      case Change.Deleted<StoredDeal> deleted -> Optional.empty();
    };
  }

  private static Optional<? extends Message> ofDeal(StoredDeal deal) {
    return switch (deal.getEvent()) {
      case NEGOTIATED -> Optional.of(negotiated(deal));
      case COMPLETED_ONCE -> Optional.of(completed(deal));
      case ENDED -> Optional.of(ended(deal));
      case DEAL_EVENT_UNSPECIFIED, UNRECOGNIZED -> Optional.empty();
    };
  }

  private static DealNegotiated negotiated(StoredDeal deal) {
    return DealNegotiated.newBuilder()
        .setPlayerId(deal.getPlayerId())
        .setDealId(deal.getDealId())
        .setFamily(deal.getFamily())
        .setRound(deal.getRounds())
        .setOutcome(deal.getOutcome())
        .setPayment(deal.getPayment())
        .setPrice(deal.getPrice())
        .setNegotiatedAt(deal.getOfferedAt())
        .build();
  }

  private static DealCompleted completed(StoredDeal deal) {
    return DealCompleted.newBuilder()
        .setPlayerId(deal.getPlayerId())
        .setDealId(deal.getDealId())
        .setFamily(deal.getFamily())
        .setWorldId(deal.getWorldId())
        .setPayment(deal.getPayment())
        .addAllParts(deal.getPartsList())
        .setPrice(deal.getPrice())
        .setOutcome(deal.getOutcome())
        .setCompletedAt(deal.getClosedAt())
        .build();
  }

  private static DealFailed ended(StoredDeal deal) {
    return DealFailed.newBuilder()
        .setPlayerId(deal.getPlayerId())
        .setDealId(deal.getDealId())
        .setFamily(deal.getFamily())
        .setState(deal.getState())
        .setReason(deal.getReason())
        .setFailedAt(deal.getClosedAt())
        .build();
  }
}
