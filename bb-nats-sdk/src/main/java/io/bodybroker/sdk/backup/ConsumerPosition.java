package io.bodybroker.sdk.backup;

/**
 * How far a durable consumer was, just before the snapshot and just after it. Both are the same if
 * nobody consumed meanwhile; else the snapshot has one in between.
 *
 * @param name of the consumer
 * @param ackFloor sequence up to which everything was acknowledged before the snapshot
 * @param ackFloorAfter the same after it
 * @param delivered last sequence that was delivered before the snapshot
 * @param deliveredAfter the same after it
 * @param unacknowledged messages that were delivered and not acknowledged, before the snapshot
 */
public record ConsumerPosition(
    String name,
    long ackFloor,
    long ackFloorAfter,
    long delivered,
    long deliveredAfter,
    long unacknowledged) {

  /** Whether it stood still during the snapshot. */
  boolean stoodStill() {
    return ackFloor == ackFloorAfter && delivered == deliveredAfter;
  }
}
