/**
 * How many bytes the messages of the contracts are on the wire, as protobuf and as JSON. Start from
 * {@link io.bodybroker.bench.payload.PayloadBenchmark}. Depends on the contracts and on the
 * gateway's JSON.
 */
@NullMarked
package io.bodybroker.bench.payload;

import org.jspecify.annotations.NullMarked;
