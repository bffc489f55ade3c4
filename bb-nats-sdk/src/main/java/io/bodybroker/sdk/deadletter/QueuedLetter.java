package io.bodybroker.sdk.deadletter;

/**
 * A dead letter in the queue.
 *
 * @param sequence its number there, by which an operator names it
 */
public record QueuedLetter(long sequence, DeadLetter letter) {}
