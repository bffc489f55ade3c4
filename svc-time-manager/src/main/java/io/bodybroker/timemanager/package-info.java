/**
 * time-manager: the clock and calendar of each world, and callbacks at a game time.
 *
 * <p>{@link io.bodybroker.timemanager.TimeManager} answers the calls. What happens by itself as
 * time passes is two tasks that every instance runs: {@link
 * io.bodybroker.timemanager.HourAnnouncer} publishes that an hour or a day has begun, and {@link
 * io.bodybroker.timemanager.CallbackRunner} publishes the callbacks of schedules that are due.
 * Which instance does so is settled by compare-and-set on the world's or the schedule's document.
 * The rules are in {@link io.bodybroker.timemanager.World} and {@link
 * io.bodybroker.timemanager.Timer}, values that know no store and no transport.
 */
@NullMarked
package io.bodybroker.timemanager;

import org.jspecify.annotations.NullMarked;
