/**
 * Both ends of a service, opened by jnats alone, by gRPC and by the SDK, with the settings that all
 * benchmarks share: who changes one changes it for every contender of its kind. Depends on {@link
 * io.bodybroker.bench.load} alone.
 */
@NullMarked
package io.bodybroker.bench.ends;

import org.jspecify.annotations.NullMarked;
