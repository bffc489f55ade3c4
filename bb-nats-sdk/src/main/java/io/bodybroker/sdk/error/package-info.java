/**
 * What can go wrong, in one closed vocabulary.
 *
 * <p>Start with {@link io.bodybroker.sdk.error.ServiceException}, the only exception that crosses
 * the API, and {@link io.bodybroker.sdk.error.ErrorCode}, the table of codes with their HTTP
 * mapping. Depends on no other package of the SDK.
 */
@NullMarked
package io.bodybroker.sdk.error;

import org.jspecify.annotations.NullMarked;
