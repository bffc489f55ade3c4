/** Durable events, by the SDK and by jnats itself, on one server and in a cluster. */
@NullMarked
package io.bodybroker.bench.events;

import org.jspecify.annotations.NullMarked;
