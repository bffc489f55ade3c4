package io.bodybroker.bodybrokerintegration;

import com.google.protobuf.ListValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
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
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/**
 * Brings the goods to the family: an entity of the world, one for each deal, named after it.
 *
 * <p>It is made only if there never was one, and what was taken away has been there: so a call that
 * comes late, from an instance that was thought dead, cannot bring it back.
 */
final class DeliveryStep implements Step {
  private static final int ID_BYTES = 16;

  private final WorldStateClient world;

  DeliveryStep(WorldStateClient world) {
    this.world = world;
  }

  /** The entity's name, which also a player with a long name has room in. */
  static String entityId(StoredDeal deal) {
    try {
      var digest =
          MessageDigest.getInstance("SHA-256")
              .digest(Deals.key(deal).getBytes(StandardCharsets.UTF_8));
      return "delivery-" + HexFormat.of().formatHex(digest, 0, ID_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  @Override
  public void apply(StoredDeal deal, Duration patience) {
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
    var parts = ListValue.newBuilder();
    deal.getPartsList().forEach(part -> parts.addValues(text(part.getType().name())));
    return Struct.newBuilder()
        .putFields("family", text(family))
        .putFields("player_id", text(deal.getPlayerId()))
        .putFields("deal_id", text(deal.getDealId()))
        .putFields("parts", Value.newBuilder().setListValue(parts).build())
        .putFields("price", number(deal.getPrice()))
        .build();
  }

  static Value text(String text) {
    return Value.newBuilder().setStringValue(text).build();
  }

  static Value number(long number) {
    return Value.newBuilder().setNumberValue((double) number).build();
  }
}
