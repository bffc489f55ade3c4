package io.bodybroker.questsystem;

import com.google.protobuf.Value;
import io.bodybroker.worldstate.v1.GetFlagsRequest;
import io.bodybroker.worldstate.v1.WorldStateClient;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Asks world-state: so is what has a flag that is true. Other values say nothing to quests. */
final class WorldStateFlags implements WorldFlags {
  private final WorldStateClient worldState;

  WorldStateFlags(WorldStateClient worldState) {
    this.worldState = worldState;
  }

  @Override
  public Set<String> in(String world) {
    var request = GetFlagsRequest.newBuilder().setWorldId(world).build();
    return worldState.getFlags(request).getFlags().getFieldsMap().entrySet().stream()
        .filter(flag -> isTrue(flag.getValue()))
        .map(Map.Entry::getKey)
        .collect(Collectors.toUnmodifiableSet());
  }

  private static boolean isTrue(Value value) {
    // Of a value that is no boolean this is false.
    return value.getBoolValue();
  }
}
