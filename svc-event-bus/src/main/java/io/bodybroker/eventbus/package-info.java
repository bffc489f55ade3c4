/** event-bus. */
@NullMarked
package io.bodybroker.eventbus;

import org.jspecify.annotations.NullMarked;
