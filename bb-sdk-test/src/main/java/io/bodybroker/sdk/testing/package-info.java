/**
 * Tests of services: a service as it runs in production, several times over real servers, and a
 * caller beside it.
 *
 * <p>Start with {@link io.bodybroker.sdk.testing.RunningService}. {@link
 * io.bodybroker.sdk.testing.ServiceAssertions} says how a call fails, {@link
 * io.bodybroker.sdk.testing.MovableTime} is a clock that a test moves, {@link
 * io.bodybroker.sdk.testing.Json} writes JSON values for requests. The servers, what can happen to
 * them, and waiting come from {@code io.bodybroker.testkit}, which knows nothing of the SDK.
 *
 * <p>May depend on the SDK and the testkit; shows one type of jnats, at {@link
 * io.bodybroker.sdk.testing.RunningService#observer()}.
 */
@NullMarked
package io.bodybroker.sdk.testing;

import org.jspecify.annotations.NullMarked;
