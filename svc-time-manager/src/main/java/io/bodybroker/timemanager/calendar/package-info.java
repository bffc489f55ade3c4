/**
 * A world's calendar and clock, as arithmetic: no state, no wall clock, no transport.
 *
 * <p>Start with {@link io.bodybroker.timemanager.calendar.GameMoment}, a point in game time that
 * knows its date, and {@link io.bodybroker.timemanager.calendar.GameClock}, which tells the moment
 * of any real time. All of it is exact to the nanosecond: whole numbers only, so nothing drifts
 * however often a clock is changed. Depends on the contract's messages and the SDK's errors.
 */
@NullMarked
package io.bodybroker.timemanager.calendar;

import org.jspecify.annotations.NullMarked;
