/**
 * What follows for a player from flags ({@link io.bodybroker.settings.policy.Rollout}), tiers
 * ({@link io.bodybroker.settings.policy.Tiers}) and content profiles ({@link
 * io.bodybroker.settings.policy.ContentProfiles}). Pure functions on the contract's messages.
 */
@NullMarked
package io.bodybroker.settings.policy;

import org.jspecify.annotations.NullMarked;
