package io.bodybroker.sdk.event;

/**
 * Where an event is that was published.
 *
 * @param sequence its number in its stream
 * @param isRepeat whether the stream knew its id already, and so did not take it again; an attempt
 *     of the same call that was not answered counts too
 */
public record Published(long sequence, boolean isRepeat) {}
