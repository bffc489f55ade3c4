package io.bodybroker.bodybrokerintegration;

import com.google.protobuf.ListValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import io.bodybroker.bodybrokerintegration.deal.Refusal;
import io.bodybroker.bodybrokerintegration.deal.Step;
import io.bodybroker.bodybrokerintegration.state.v1.StoredDeal;
import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.sdk.rpc.CallOptions;
import io.bodybroker.worldstate.v1.DeleteEntityRequest;
import io.bodybroker.worldstate.v1.EntityType;
import io.bodybroker.worldstate.v1.EntityUpdate;
import io.bodybroker.worldstate.v1.GetEntityRequest;
import io.bodybroker.worldstate.v1.UpdateEntityRequest;
import io.bodybroker.worldstate.v1.UpdateMode;
import io.bodybroker.worldstate.v1.WorldStateClient;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * Brings the goods to the family: an entity of the world, one for each deal. Every player can read
 * it, so it says what went to whom, and not who sold it for how much.
 *
 * <p>It is made only if there never was one, and what was taken away has been there: so a call that
 * comes late, from an instance that was thought dead, cannot bring it back.
 */
final class DeliveryStep implements Step {
  private final WorldStateClient world;

  DeliveryStep(WorldStateClient world) {
    this.world = world;
  }

  private static String entityId(StoredDeal deal) {
    return "delivery-" + Pseudonym.of(deal);
  }

  @Override
  public void apply(StoredDeal deal, Duration patience) {
    try {
      deliver(deal, patience);
    } catch (ServiceException e) {
      if (Refusal.isForGood(e)) {
        takeBack(deal, patience, e);
      }
      throw e;
    }
  }

  private void deliver(StoredDeal deal, Duration patience) {
    var family = deal.getFamily().name().toLowerCase(Locale.ROOT);
    var update =
        EntityUpdate.newBuilder()
            .setMode(UpdateMode.REPLACE)
            .setType(EntityType.OBJECT)
            .setProperties(properties(deal, family))
            .addAllTags(List.of("delivery", family))
            .setExpectedVersion(0);
    var options = CallOptions.timeout(patience);
    try {
      world.updateEntity(
          UpdateEntityRequest.newBuilder()
              .setWorldId(deal.getWorldId())
              .setEntityId(entityId(deal))
              .setUpdate(update)
              .build(),
          options);
    } catch (ServiceException e) {
      if (e.code() != ErrorCode.ABORTED) {
        throw e;
      }
      // It was made before. If it is not there any more, NOT_FOUND is a refusal for good.
      world.getEntity(
          GetEntityRequest.newBuilder()
              .setWorldId(deal.getWorldId())
              .setEntityId(entityId(deal))
              .build(),
          options);
    }
  }

  /**
   * An earlier try may have had its effect without an answer: a refusal now is no proof that there
   * is none. Until that is sure the step is not refused.
   */
  private void takeBack(StoredDeal deal, Duration patience, ServiceException refusal) {
    try {
      undo(deal, patience);
    } catch (ServiceException e) {
      e.addSuppressed(refusal);
      throw ServiceException.builder(
              ErrorCode.UNAVAILABLE,
              "refused (%s), and what may have been delivered is not taken back yet: %s"
                  .formatted(refusal.message(), e.message()))
          .cause(e)
          .build();
    }
  }

  @Override
  public void undo(StoredDeal deal, Duration patience) {
    try {
      world.deleteEntity(
          DeleteEntityRequest.newBuilder()
              .setWorldId(deal.getWorldId())
              .setEntityId(entityId(deal))
              .build(),
          CallOptions.timeout(patience));
    } catch (ServiceException e) {
      // Then it was taken away before.
      if (e.code() != ErrorCode.NOT_FOUND) {
        throw e;
      }
    }
  }

  private static Struct properties(StoredDeal deal, String family) {
    return Struct.newBuilder()
        .putFields("family", text(family))
        .putFields("parts", types(deal))
        .build();
  }

  /** What the parts of a deal are. */
  static Value types(StoredDeal deal) {
    var types = ListValue.newBuilder();
    deal.getPartsList().forEach(part -> types.addValues(text(part.getType().name())));
    return Value.newBuilder().setListValue(types).build();
  }

  static Value text(String text) {
    return Value.newBuilder().setStringValue(text).build();
  }
}
