/**
 * How long a service takes from the start of its process until it serves, and how much memory it
 * then holds: one that greets on NATS, made with this SDK, with Quarkus and with Micronaut.
 *
 * <p>Start with {@link io.bodybroker.bench.startup.StartupBench} and {@link
 * io.bodybroker.bench.startup.MemoryBench}. The two others are Maven projects of their own, in
 * {@code bb-bench/contenders}, which are built when they are to be measured.
 */
@NullMarked
package io.bodybroker.bench.startup;

import org.jspecify.annotations.NullMarked;
