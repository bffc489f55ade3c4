/** Stands in for the SDK's errors; see {@link io.bodybroker.sdk.rpc}. */
@NullMarked
package io.bodybroker.sdk.error;

import org.jspecify.annotations.NullMarked;
