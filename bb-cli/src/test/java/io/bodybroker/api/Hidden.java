package io.bodybroker.api;

/** A parent that nobody can name. */
class Hidden {
  public final void inherited() {}
}
