package io.bodybroker.settings;

import io.bodybroker.settings.preference.Catalog;

/** Whose settings. */
sealed interface Owner {
  /** A player's. */
  record Player(String id) implements Owner {
    @Override
    public String key() {
      return PLAYER_PREFIX + id;
    }

    @Override
    public Catalog catalog() {
      return Catalog.OF_PLAYERS;
    }
  }

  /** The game's, as a whole. */
  record Game() implements Owner {
    @Override
    public String key() {
      return "game";
    }

    @Override
    public Catalog catalog() {
      return Catalog.OF_GAME;
    }
  }

  /** What the keys of players begin with. */
  String PLAYER_PREFIX = "player/";

  /** Where they are stored. */
  String key();

  /** Which there are. */
  Catalog catalog();

  /** Whose settings are stored under a key. */
  static Owner ofKey(String key) {
    return key.startsWith(PLAYER_PREFIX)
        ? new Player(key.substring(PLAYER_PREFIX.length()))
        : new Game();
  }
}
