/**
 * Measures the SDK against its library doing the same by itself, in the same run, in turns: so what
 * else the machine does meets both. Start with {@link io.bodybroker.bench.EventsBench}.
 */
@NullMarked
package io.bodybroker.bench;

import org.jspecify.annotations.NullMarked;
