/**
 * Times as protobuf has them and as Java has them: {@link io.bodybroker.sdk.time.ProtoTimes}.
 * Depends on nothing else here.
 */
@NullMarked
package io.bodybroker.sdk.time;

import org.jspecify.annotations.NullMarked;
