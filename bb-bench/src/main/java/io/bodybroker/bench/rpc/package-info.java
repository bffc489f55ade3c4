/** One call there and back, by the SDK and by what else a user would pick. */
@NullMarked
package io.bodybroker.bench.rpc;

import org.jspecify.annotations.NullMarked;
