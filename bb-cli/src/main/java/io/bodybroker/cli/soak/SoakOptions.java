package io.bodybroker.cli.soak;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How a soak is run.
 *
 * @param duration how long its faults last or go on; if not said, as the soak has it
 * @param rate calls a second
 * @param burst calls of each kind that are made at once when a process is told to end
 * @param seed of what is left to chance
 * @param logs where processes write their logs
 */
public record SoakOptions(Optional<Duration> duration, int rate, int burst, long seed, Path logs) {}
