/**
 * A real browser for tests, without a window: Chromium, told what to do by its DevTools protocol.
 */
@NullMarked
package io.bodybroker.gateway.browser;

import org.jspecify.annotations.NullMarked;
