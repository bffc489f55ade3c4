/**
 * What several packages of the SDK share and nobody else may use: requests to JetStream, the errors
 * of a server that does not answer, and the rules for keys.
 *
 * <p>Depends on {@code error} alone.
 */
@NullMarked
package io.bodybroker.sdk.internal;

import org.jspecify.annotations.NullMarked;
