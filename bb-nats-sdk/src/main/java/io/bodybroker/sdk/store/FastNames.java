package io.bodybroker.sdk.store;

import io.bodybroker.sdk.internal.Keys;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/**
 * The names a fast store uses in Redis: {@code bb:store:key} for a document, {@code bb:store} for
 * the channel of its changes.
 *
 * <p>In a cluster the name decides on which shard a document lives. By itself that spreads a store
 * over all shards. Keys that have the same text in braces, as {@code {player-7}/cart} and {@code
 * {player-7}/session}, share a shard (Redis calls it a hash tag).
 *
 * <p>A store with an outbox has {@value #PARTITIONS} partitions, each with a list of pending
 * changes that must share a shard with its documents: {@code bb:{store.07}:key} and {@code
 * bb-outbox:{store.07}}. Which partition a key belongs to follows from its text in braces, or from
 * all of it, so keys that share a shard still do; and whoever looks for pending changes knows where
 * to look without asking.
 */
final class FastNames {
  /** Never to be changed: what is stored would not be found again. */
  static final int PARTITIONS = 32;

  private static final String GLOB_CHARACTERS = "*?[]^-\\";

  private final String store;
  private final boolean hasOutbox;

  private FastNames(String store, boolean hasOutbox) {
    this.store = Keys.requireName(store);
    this.hasOutbox = hasOutbox;
  }

  /** The names of a store without an outbox. */
  static FastNames of(String store) {
    return new FastNames(store, false);
  }

  /** The names of a store with an outbox. */
  static FastNames withOutbox(String store) {
    return new FastNames(store, true);
  }

  String store() {
    return store;
  }

  String channel() {
    return "bb:" + store;
  }

  byte[] document(String key) {
    return bytes(prefix(hasOutbox ? tag(partition(key)) : store) + key);
  }

  /** The key of a document's name. */
  String key(String name) {
    return name.substring(prefix(hasOutbox ? tag(0) : store).length()); // all tags are as long
  }

  /** A Redis glob that matches the documents under a prefix, and nothing else. */
  String pattern(String prefix) {
    var glob = new StringBuilder(prefix(hasOutbox ? "{" + store + ".??}" : store));
    for (int i = 0; i < prefix.length(); i++) {
      char c = prefix.charAt(i);
      if (GLOB_CHARACTERS.indexOf(c) >= 0) {
        glob.append('\\');
      }
      glob.append(c);
    }
    return glob.append('*').toString();
  }

  /** The pending changes of a partition. */
  byte[] pending(int partition) {
    return bytes("bb-outbox:" + tag(partition));
  }

  /** Who publishes the pending changes now. */
  byte[] relay() {
    return bytes("bb-relay:" + tag(0));
  }

  /** The partition a key belongs to. */
  static int partition(String key) {
    int open = key.indexOf('{');
    int close = key.indexOf('}', open + 1);
    var spread = new CRC32();
    spread.update(bytes(open >= 0 && close > open + 1 ? key.substring(open + 1, close) : key));
    return (int) (spread.getValue() % PARTITIONS);
  }

  private String tag(int partition) {
    return "{%s.%02d}".formatted(store, partition);
  }

  private static String prefix(String group) {
    return "bb:" + group + ":";
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
