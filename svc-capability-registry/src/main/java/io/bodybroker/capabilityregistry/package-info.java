/**
 * capability-registry: which services can do what, for as long as they say so, and which features
 * the game's engine has.
 *
 * <p>{@link io.bodybroker.capabilityregistry.CapabilityRegistry} answers the calls. What a lease
 * is, {@link io.bodybroker.capabilityregistry.Lease} decides, a value that knows no store; {@link
 * io.bodybroker.capabilityregistry.Leases} brings it together with one. The engine's features are
 * in {@code engine}.
 */
@NullMarked
package io.bodybroker.capabilityregistry;

import org.jspecify.annotations.NullMarked;
