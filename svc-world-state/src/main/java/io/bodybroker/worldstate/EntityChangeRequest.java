package io.bodybroker.worldstate;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import com.google.protobuf.Value.KindCase;
import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.sdk.rpc.StructRules;
import io.bodybroker.worldstate.v1.Entity;
import io.bodybroker.worldstate.v1.EntityType;
import io.bodybroker.worldstate.v1.EntityUpdate;
import io.bodybroker.worldstate.v1.UpdateMode;
import java.util.Collection;
import java.util.TreeSet;

/**
 * What somebody wants of an entity, checked.
 *
 * @param update as it was sent
 * @param path of the field that holds it, for errors
 */
record EntityChangeRequest(EntityUpdate update, String path) {
  static final StructRules PROPERTIES = new StructRules(16, 64 * 1024);
  static final int MAX_PROPERTIES = 256;
  static final int MAX_PROPERTY_NAME = 128;
  static final int MAX_TAGS = 64;
  static final int MAX_TAG = 64;

  /**
   * Refuses what could be no entity's.
   *
   * @throws ServiceException {@code INVALID_ARGUMENT} naming field, value and what would be right
   */
  EntityChangeRequest {
    PROPERTIES.check(path + ".properties", update.getProperties());
    for (String name : update.getProperties().getFieldsMap().keySet()) {
      if (name.isEmpty() || name.length() > MAX_PROPERTY_NAME) {
        throw ServiceException.invalidArgument(
            path + ".properties", name, "names of 1 to " + MAX_PROPERTY_NAME + " characters");
      }
    }
    for (int i = 0; i < update.getTagsCount(); i++) {
      String tag = update.getTags(i);
      if (tag.isEmpty() || tag.length() > MAX_TAG) {
        throw ServiceException.invalidArgument(
            path + ".tags[" + i + "]", tag, "1 to " + MAX_TAG + " characters");
      }
    }
    if (update.getCreateOnly() && update.hasExpectedVersion()) {
      throw ServiceException.invalidArgument(
          path + ".create_only", true, "only one of create_only and expected_version");
    }
    if (update.getMode() == UpdateMode.REPLACE) {
      requireType(path, update.getType());
    }
  }

  /**
   * What becomes of an entity.
   *
   * @param before empty if there is none
   * @throws ServiceException {@code INVALID_ARGUMENT} if it would be too large, or of no type
   */
  Entity apply(Entity before) {
    boolean isMerge = update.getMode() == UpdateMode.MERGE;
    var type =
        update.getType() == EntityType.ENTITY_TYPE_UNSPECIFIED
            ? before.getType()
            : update.getType();
    requireType(path, type);
    var base = isMerge ? before.getProperties() : Struct.getDefaultInstance();
    var next = before.toBuilder().setType(type).setProperties(merged(base)).clearTags();
    return next.addAllTags(isMerge ? tags(before.getTagsList()) : tags()).build();
  }

  private static void requireType(String path, EntityType type) {
    if (type == EntityType.ENTITY_TYPE_UNSPECIFIED) {
      throw ServiceException.invalidArgument(
          path + ".type", "", "one of [NPC, PLAYER, OBJECT, LOCATION], for it is made or replaced");
    }
  }

  /** A property is replaced as a whole, and none is null: null removes it. */
  private Struct merged(Struct before) {
    var merged = before.toBuilder();
    update.getProperties().getFieldsMap().forEach((name, value) -> put(merged, name, value));
    var properties = merged.build();
    if (properties.getFieldsCount() > MAX_PROPERTIES) {
      throw ServiceException.invalidArgument(
          path + ".properties",
          properties.getFieldsCount() + " once written",
          "at most " + MAX_PROPERTIES);
    }
    PROPERTIES.checkSize(path + ".properties", properties);
    return properties;
  }

  private static void put(Struct.Builder properties, String name, Value value) {
    if (value.getKindCase() == KindCase.NULL_VALUE) {
      properties.removeFields(name);
    } else {
      properties.putFields(name, value);
    }
  }

  private Collection<String> tags() {
    return new TreeSet<>(update.getTagsList());
  }

  private Collection<String> tags(Collection<String> before) {
    var tags = new TreeSet<>(before);
    switch (update.getTagMode()) {
      case TAG_MODE_UNSPECIFIED, ADD_TAGS -> tags.addAll(update.getTagsList());
      case REMOVE_TAGS -> update.getTagsList().forEach(tags::remove);
      case REPLACE_TAGS -> {
        return tags();
      }
      case UNRECOGNIZED ->
          throw ServiceException.invalidArgument(
              path + ".tag_mode",
              update.getTagModeValue(),
              "one of [ADD_TAGS, REPLACE_TAGS, REMOVE_TAGS]");
    }
    if (tags.size() > MAX_TAGS) {
      throw ServiceException.invalidArgument(
          path + ".tags", tags.size() + " once written", "at most " + MAX_TAGS);
    }
    return tags;
  }

  /**
   * Refuses to go on if the entity is not as it must be.
   *
   * @throws ServiceException {@code ABORTED} or {@code ALREADY_EXISTS} with the detail {@code
   *     current_version}
   */
  void require(EntityKey key, EntityDocument document) {
    if (update.hasExpectedVersion()) {
      EntityVersions.require(update.getExpectedVersion(), key, document);
    }
    if (update.getCreateOnly() && document.exists()) {
      throw EntityVersions.exists(key, document);
    }
  }
}
