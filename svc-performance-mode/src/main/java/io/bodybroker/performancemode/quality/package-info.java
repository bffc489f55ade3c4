/**
 * What a mode comes to, and what frame times say of it, as pure functions.
 *
 * <p>Start with {@link io.bodybroker.performancemode.quality.Player}, what a player chose; {@link
 * io.bodybroker.performancemode.quality.Presets} is the table of modes, {@link
 * io.bodybroker.performancemode.quality.Frames} what was measured. May use the contract's messages
 * and what is stored.
 */
@NullMarked
package io.bodybroker.performancemode.quality;

import org.jspecify.annotations.NullMarked;
