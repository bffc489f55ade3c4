package io.bodybroker.sdk.store;

/** Which keys a watch follows. */
sealed interface Scope {
  /** Whether a key is one of them. */
  boolean contains(String key);

  /** One key. */
  record Key(String key) implements Scope {
    @Override
    public boolean contains(String other) {
      return key.equals(other);
    }
  }

  /** All keys under a prefix, as {@link Store#list} takes it. */
  record Prefix(String prefix) implements Scope {
    @Override
    public boolean contains(String key) {
      return key.startsWith(prefix);
    }
  }
}
