package io.bodybroker.worldstate;

import com.google.protobuf.NullValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import com.google.protobuf.Value.KindCase;
import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.worldstate.v1.Entity;
import io.bodybroker.worldstate.v1.EntityType;
import io.bodybroker.worldstate.v1.ListEntitiesRequest;
import io.bodybroker.worldstate.v1.PropertyEquals;
import io.bodybroker.worldstate.v1.WatchEntitiesRequest;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Which entities are meant.
 *
 * @param types of one of these; all if empty
 * @param allTags with each of these
 * @param anyTags with at least one of these; all if empty
 * @param where with each of these properties
 */
record EntityFilter(
    Set<EntityType> types, Set<String> allTags, Set<String> anyTags, List<PropertyEquals> where) {
  private static final Value NULL = Value.newBuilder().setNullValue(NullValue.NULL_VALUE).build();

  EntityFilter {
    types = Set.copyOf(types);
    allTags = Set.copyOf(allTags);
    anyTags = Set.copyOf(anyTags);
    where = List.copyOf(where);
  }

  /**
   * What a list asks for.
   *
   * @throws ServiceException {@code INVALID_ARGUMENT} naming what can be no property
   */
  static EntityFilter of(ListEntitiesRequest request) {
    for (int i = 0; i < request.getWhereCount(); i++) {
      if (request.getWhere(i).getValue().getKindCase() == KindCase.KIND_NOT_SET) {
        throw ServiceException.invalidArgument(
            "where[" + i + "].value", "", "null, a number, string, boolean, object or list");
      }
    }
    return new EntityFilter(
        types(request.getTypesList()),
        new HashSet<>(request.getAllTagsList()),
        new HashSet<>(request.getAnyTagsList()),
        request.getWhereList());
  }

  static EntityFilter of(WatchEntitiesRequest request) {
    return new EntityFilter(
        types(request.getTypesList()),
        new HashSet<>(request.getAllTagsList()),
        new HashSet<>(request.getAnyTagsList()),
        List.of());
  }

  private static Set<EntityType> types(List<EntityType> types) {
    for (int i = 0; i < types.size(); i++) {
      if (types.get(i) == EntityType.ENTITY_TYPE_UNSPECIFIED) {
        throw ServiceException.invalidArgument(
            "types[" + i + "]", "", "one of [NPC, PLAYER, OBJECT, LOCATION]");
      }
    }
    return new HashSet<>(types);
  }

  boolean matches(Entity entity) {
    return (types.isEmpty() || types.contains(entity.getType()))
        && (allTags.isEmpty() || new HashSet<>(entity.getTagsList()).containsAll(allTags))
        && (anyTags.isEmpty() || !Collections.disjoint(entity.getTagsList(), anyTags))
        && where.stream().allMatch(each -> has(entity, each));
  }

  private static boolean has(Entity entity, PropertyEquals wanted) {
    return property(entity.getProperties(), wanted.getProperty()).equals(wanted.getValue());
  }

  /** A name with dots in it goes before the path that it could be. */
  private static Value property(Struct properties, String name) {
    var whole = properties.getFieldsMap().get(name);
    int dot = name.indexOf('.');
    if (whole != null || dot < 0) {
      return whole == null ? NULL : whole;
    }
    var outer = properties.getFieldsMap().get(name.substring(0, dot));
    return outer == null || !outer.hasStructValue()
        ? NULL
        : property(outer.getStructValue(), name.substring(dot + 1));
  }
}
