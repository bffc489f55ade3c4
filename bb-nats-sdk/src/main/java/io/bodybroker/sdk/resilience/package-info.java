/**
 * What stands between a call and its attempts: deadline, retry under a budget, circuit breaker,
 * bulkhead.
 *
 * <p>Start with {@link io.bodybroker.sdk.resilience.CallPolicy}. Built on Failsafe's circuit
 * breaker; the loop around it is ours, because it has to know deadlines and whether a failed
 * attempt can have done its work. Depends on {@code error} and {@code config}.
 */
@NullMarked
package io.bodybroker.sdk.resilience;

import org.jspecify.annotations.NullMarked;
