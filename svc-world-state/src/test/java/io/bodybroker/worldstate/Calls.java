package io.bodybroker.worldstate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.Struct;
import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.FieldViolation;
import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.sdk.rpc.CallContext;
import io.bodybroker.sdk.rpc.CallMetadata;
import io.bodybroker.worldstate.v1.EntityType;
import io.bodybroker.worldstate.v1.EntityUpdate;
import io.bodybroker.worldstate.v1.UpdateEntityRequest;
import io.bodybroker.worldstate.v1.UpdateMode;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.function.Executable;

/** Calls as tests make them, and what is expected of those that fail. */
final class Calls {
  static final String WORLD = "veridian";

  private Calls() {}

  /** A call with an idempotency key; empty for none. */
  static CallContext call(String key) {
    var metadata = CallMetadata.builder();
    if (!key.isEmpty()) {
      metadata.idempotencyKey(key);
    }
    return CallContext.of(metadata.build(), Duration.ofSeconds(2));
  }

  static EntityUpdate.Builder replace(Struct properties, String... tags) {
    return EntityUpdate.newBuilder()
        .setMode(UpdateMode.REPLACE)
        .setType(EntityType.NPC)
        .setProperties(properties)
        .addAllTags(List.of(tags));
  }

  static EntityUpdate.Builder merge(Struct properties, String... tags) {
    return EntityUpdate.newBuilder()
        .setMode(UpdateMode.MERGE)
        .setProperties(properties)
        .addAllTags(List.of(tags));
  }

  static UpdateEntityRequest update(String entity, EntityUpdate.Builder update) {
    return UpdateEntityRequest.newBuilder()
        .setWorldId(WORLD)
        .setEntityId(entity)
        .setUpdate(update)
        .build();
  }

  static ServiceException assertFails(ErrorCode code, Executable what) {
    var error = catchThrowableOfType(ServiceException.class, what::execute);
    assertThat(error).as("it fails").isNotNull();
    assertThat(error.code()).isEqualTo(code);
    return error;
  }

  /** Fails, and names these fields, each with what was wrong and what would be right. */
  static void assertRefuses(Executable what, String... fields) {
    var error = assertFails(ErrorCode.INVALID_ARGUMENT, what);
    assertThat(error.fieldViolations())
        .extracting(FieldViolation::field)
        .containsExactlyInAnyOrder(fields);
    assertThat(error.fieldViolations()).allMatch(each -> !each.expected().isEmpty());
  }
}
