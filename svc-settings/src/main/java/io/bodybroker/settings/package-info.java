/** settings. */
@NullMarked
package io.bodybroker.settings;

import org.jspecify.annotations.NullMarked;
