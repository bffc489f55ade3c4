/**
 * Runs a service: wiring, start, health, drain and exit.
 *
 * <p>Start with {@link io.bodybroker.sdk.host.ServiceHost} and {@link
 * io.bodybroker.sdk.host.ServiceModule}. May depend on all other packages of the SDK; none depends
 * on it.
 */
@NullMarked
package io.bodybroker.sdk.host;

import org.jspecify.annotations.NullMarked;
