/**
 * settings: what players and the game are set to, feature flags, tiers and content policy.
 *
 * <p>{@link io.bodybroker.settings.Settings} answers the calls. Which settings there are and what a
 * write makes of them is in {@code preference}, flags, tiers and content levels are in {@code
 * policy}; neither knows a store. {@link io.bodybroker.settings.Preferences}, {@link
 * io.bodybroker.settings.PolicyBook} and {@link io.bodybroker.settings.Players} bring them together
 * with theirs.
 */
@NullMarked
package io.bodybroker.settings;

import org.jspecify.annotations.NullMarked;
