package io.bodybroker.bodybrokerintegration;

import io.bodybroker.bodybrokerintegration.v1.DealStepName;

/** Where a test stops an instance between two writes; nothing stops it in production. */
interface StepGate {
  /** Nothing stops it. */
  StepGate OPEN = new StepGate() {};

  /** The step is written down as tried, or undone, and is about to be. */
  default void before(DealStepName step, boolean isUndoing) {}

  /** Parts are about to be set aside, at a time that is known. */
  default void reserving() {}

  /** The step has been done, or undone, and that is not written down yet. */
  default void after(DealStepName step, boolean isUndoing) {}
}
