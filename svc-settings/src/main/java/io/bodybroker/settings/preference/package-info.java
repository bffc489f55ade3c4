/**
 * Which settings there are, {@link io.bodybroker.settings.preference.Catalog}, and what somebody
 * set, {@link io.bodybroker.settings.preference.Overrides}: values, without store or clock. Uses
 * the contract's messages.
 */
@NullMarked
package io.bodybroker.settings.preference;

import org.jspecify.annotations.NullMarked;
