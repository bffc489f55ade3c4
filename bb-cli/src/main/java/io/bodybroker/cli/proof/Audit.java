package io.bodybroker.cli.proof;

import java.util.List;
import java.util.OptionalLong;

/**
 * What a store with a feed holds against the events that were published of it, read from the
 * outside again and again. For one thread.
 */
interface Audit {
  /** Reads what is new. */
  void look();

  /** From now on, what is committed now is waited for; nobody may be about to write. */
  void mark();

  /** Whether all that was committed up to the mark has its event. */
  boolean agrees();

  /** Compares all there is, when nobody writes any more and each change has its event. */
  void compare();

  /** How many changes were committed; empty if the store itself cannot tell. */
  OptionalLong changes();

  long events();

  /** What was left out, published twice or out of order. */
  List<String> breaches();
}
