package io.bodybroker.bodybrokerintegration;

import com.google.protobuf.Struct;
import io.bodybroker.bodybrokerintegration.deal.Step;
import io.bodybroker.bodybrokerintegration.state.v1.StoredDeal;
import io.bodybroker.eventbus.v1.EventBusClient;
import io.bodybroker.eventbus.v1.PublishRequest;
import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.sdk.rpc.CallOptions;
import java.time.Duration;
import java.util.Locale;

/**
 * Makes a deal known on the event bus. What is known is known: this is the last step that can be
 * refused, so nothing that was announced is undone.
 *
 * <p>Every player can read the bus, and whose deal it was and for how much is nobody's business: it
 * says who bought what, where, and what for.
 */
final class AnnouncementStep implements Step {
  private final EventBusClient bus;

  AnnouncementStep(EventBusClient bus) {
    this.bus = bus;
  }

  @Override
  public void apply(StoredDeal deal, Duration patience) {
    try {
      announce(deal, patience);
    } catch (ServiceException e) {
      // The id is this deal's: what is there under it is an announcement of it, if another version
      // of this service worded it differently.
      if (e.code() != ErrorCode.ALREADY_EXISTS) {
        throw e;
      }
    }
  }

  private void announce(StoredDeal deal, Duration patience) {
    var family = deal.getFamily().name().toLowerCase(Locale.ROOT);
    var drug = deal.getPayment().getDrug().name().toLowerCase(Locale.ROOT);
    bus.publish(
        PublishRequest.newBuilder()
            .setEventId("deal-" + Pseudonym.of(deal))
            .setEventType("broker.deal.completed")
            .setPayload(
                Struct.newBuilder()
                    .putFields("drug", DeliveryStep.text(drug))
                    .putFields("parts", DeliveryStep.types(deal)))
            .putAttributes("family", family)
            .putAttributes("world_id", deal.getWorldId())
            .build(),
        CallOptions.timeout(patience));
  }

  @Override
  public void undo(StoredDeal deal, Duration patience) {
    throw new IllegalStateException("what was announced is not undone");
  }
}
