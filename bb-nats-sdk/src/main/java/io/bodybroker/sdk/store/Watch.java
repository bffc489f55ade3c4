package io.bodybroker.sdk.store;

/** A running watch; closing it stops it. May be closed twice. */
public interface Watch extends AutoCloseable {
  @Override
  void close();
}
