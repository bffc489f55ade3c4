/**
 * State that outlives a process: protobuf documents with versions, behind one small interface.
 *
 * <p>Start with {@link io.bodybroker.sdk.store.Store}. There are two implementations, chosen for
 * each kind of data: a <em>durable</em> one on a JetStream key-value bucket for what a user would
 * miss, and a <em>fast</em> one on Redis for what expires or can be computed again. May depend on
 * {@code error}, {@code config} and {@code metrics}.
 */
@NullMarked
package io.bodybroker.sdk.store;

import org.jspecify.annotations.NullMarked;
