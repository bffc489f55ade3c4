/**
 * performance-mode: how well the game should look and think on each player's machine.
 *
 * <p>{@link io.bodybroker.performancemode.PerformanceMode} answers the calls. What modes, budgets
 * and frames mean is decided in {@code quality}, which knows no store.
 */
@NullMarked
package io.bodybroker.performancemode;

import org.jspecify.annotations.NullMarked;
