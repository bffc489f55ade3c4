package io.bodybroker.sdk.store;

import java.nio.charset.StandardCharsets;

/**
 * The names a fast store uses in Redis: {@code bb:store:key} for a document, {@code bb:store} for
 * the channel of its changes.
 *
 * <p>In a cluster the name decides on which shard a document lives. By itself that spreads a store
 * over all shards. Keys that have the same text in braces, as {@code {player-7}/cart} and {@code
 * {player-7}/session}, share a shard (Redis calls it a hash tag).
 */
final class FastNames {
  private static final String GLOB_CHARACTERS = "*?[]^-\\";

  private final String store;

  FastNames(String store) {
    this.store = Keys.requireName(store);
  }

  String store() {
    return store;
  }

  String channel() {
    return "bb:" + store;
  }

  byte[] document(String key) {
    return name(key).getBytes(StandardCharsets.UTF_8);
  }

  /** The key of a document's name. */
  String key(String name) {
    return name.substring(name("").length());
  }

  /** A Redis glob that matches the documents under a prefix, and nothing else. */
  String pattern(String prefix) {
    var glob = new StringBuilder(name(""));
    for (int i = 0; i < prefix.length(); i++) {
      char c = prefix.charAt(i);
      if (GLOB_CHARACTERS.indexOf(c) >= 0) {
        glob.append('\\');
      }
      glob.append(c);
    }
    return glob.append('*').toString();
  }

  private String name(String key) {
    return "bb:" + store + ":" + key;
  }
}
