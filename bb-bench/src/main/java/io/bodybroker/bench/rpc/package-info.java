/**
 * One call there and back, by the SDK and by what else a user would pick. Beside them, where the
 * machine has gcc and the library, the NATS C client: the limit of what a client of NATS can do.
 */
@NullMarked
package io.bodybroker.bench.rpc;

import org.jspecify.annotations.NullMarked;
