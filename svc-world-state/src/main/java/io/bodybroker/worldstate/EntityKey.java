package io.bodybroker.worldstate;

/**
 * Which entity.
 *
 * @param worldId the world, in which ids can hold no slash
 * @param entityId its name there
 */
record EntityKey(String worldId, String entityId) {
  /** Where the entity is stored. */
  String key() {
    return prefix(worldId) + entityId;
  }

  /** What the keys of all entities of a world begin with. */
  static String prefix(String worldId) {
    return worldId + "/";
  }

  /** The world of a key. */
  static String world(String key) {
    return key.substring(0, key.indexOf('/'));
  }

  @Override
  public String toString() {
    return "entity \"%s\" of world \"%s\"".formatted(entityId, worldId);
  }
}
