package io.bodybroker.bodybrokerintegration;

import com.google.protobuf.Struct;
import io.bodybroker.bodybrokerintegration.deal.Step;
import io.bodybroker.bodybrokerintegration.state.v1.StoredDeal;
import io.bodybroker.eventbus.v1.EventBusClient;
import io.bodybroker.eventbus.v1.PublishRequest;
import io.bodybroker.sdk.rpc.CallOptions;
import java.time.Duration;
import java.util.Locale;

/**
 * Makes a deal known on the event bus. What is known is known: this is the last step that can be
 * refused, so nothing that was announced is undone.
 */
final class AnnouncementStep implements Step {
  private final EventBusClient bus;

  AnnouncementStep(EventBusClient bus) {
    this.bus = bus;
  }

  @Override
  public void apply(StoredDeal deal, Duration patience) {
    var family = deal.getFamily().name().toLowerCase(Locale.ROOT);
    var drug = deal.getPayment().getDrug().name().toLowerCase(Locale.ROOT);
    bus.publish(
        PublishRequest.newBuilder()
            .setEventId("deal:" + deal.getPlayerId() + ":" + deal.getDealId())
            .setEventType("broker.deal.completed")
            .setPayload(
                Struct.newBuilder()
                    .putFields("player_id", DeliveryStep.text(deal.getPlayerId()))
                    .putFields("deal_id", DeliveryStep.text(deal.getDealId()))
                    .putFields("drug", DeliveryStep.text(drug))
                    .putFields("quantity", DeliveryStep.number(deal.getPayment().getQuantity()))
                    .putFields("price", DeliveryStep.number(deal.getPrice())))
            .putAttributes("family", family)
            .putAttributes("world_id", deal.getWorldId())
            .putAttributes("player_id", deal.getPlayerId())
            .build(),
        CallOptions.timeout(patience));
  }

  @Override
  public void undo(StoredDeal deal, Duration patience) {
    throw new IllegalStateException("what was announced is not undone");
  }
}
