/**
 * Measures the SDK against what a user would pick instead, in the same run, in turns: so what else
 * the machine does meets all. Start with {@link io.bodybroker.bench.Main}, whose list has every
 * benchmark.
 */
@NullMarked
package io.bodybroker.bench;

import org.jspecify.annotations.NullMarked;
