/** Load on a service and its callers, each in a process of its own. */
@NullMarked
package io.bodybroker.bench.load;

import org.jspecify.annotations.NullMarked;
