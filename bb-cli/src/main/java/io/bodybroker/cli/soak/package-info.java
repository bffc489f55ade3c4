/**
 * Soaks: what the system promises and only minutes under load can prove. A soak starts a {@code
 * Fleet} of processes of its own, calls it at a steady rate, causes faults, and counts every call
 * from the outside.
 *
 * <p>Start with {@link io.bodybroker.cli.soak.Soak}: a further soak is one class that implements
 * it, and a line in its list. A {@code Scene} has what it needs: the fleet and its faults, the
 * ledger of calls, the increments whose effects are counted, the watch over health, streams. What
 * it promised it returns as a {@code Verdict}. Depends on {@code cli.process}, {@code bb-testkit},
 * the SDK and the contracts.
 */
@NullMarked
package io.bodybroker.cli.soak;

import org.jspecify.annotations.NullMarked;
