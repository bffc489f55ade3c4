/**
 * Measures single steps of a call with JMH. Start from {@link
 * io.bodybroker.bench.micro.MicroBenchmark}, which runs the other benchmarks here; each can also be
 * named when JMH is run by itself. They depend on what they measure only.
 */
@NullMarked
package io.bodybroker.bench.micro;

import org.jspecify.annotations.NullMarked;
