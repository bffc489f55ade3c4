/** Messages that answer one request, by the SDK and by what else a user would pick. */
@NullMarked
package io.bodybroker.bench.stream;

import org.jspecify.annotations.NullMarked;
