/**
 * How the cost of a call grows with what is served and with who calls. Start from {@link
 * io.bodybroker.bench.scale.ScaleBenchmark}.
 */
@NullMarked
package io.bodybroker.bench.scale;

import org.jspecify.annotations.NullMarked;
