/** world-state. */
@NullMarked
package io.bodybroker.worldstate;

import org.jspecify.annotations.NullMarked;
