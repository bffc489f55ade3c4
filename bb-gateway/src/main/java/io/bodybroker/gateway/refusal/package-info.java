/**
 * Requests that the gateway refuses itself, before a service hears of them. Depends on {@code
 * sdk.error} only, and all packages that read requests depend on it.
 */
@NullMarked
package io.bodybroker.gateway.refusal;

import org.jspecify.annotations.NullMarked;
