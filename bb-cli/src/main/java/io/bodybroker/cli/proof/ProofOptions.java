package io.bodybroker.cli.proof;

import java.nio.file.Path;

/**
 * How much is sent through, and what is left to chance.
 *
 * @param events that are published
 * @param rounds of killing a process that writes
 * @param letters that are redriven
 * @param operations that clients of payment ask for
 * @param kills of each kind, at least
 * @param rate events published a second
 * @param seed of what is left to chance
 * @param logs where processes write their logs
 */
public record ProofOptions(
    int events,
    int rounds,
    int letters,
    int operations,
    int kills,
    int rate,
    long seed,
    Path logs) {}
