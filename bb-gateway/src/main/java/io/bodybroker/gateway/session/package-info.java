/**
 * Who makes a request, and whether that one may: sessions, shown by bearer tokens (RFC 6750) and
 * known to whichever contract says that it knows them.
 *
 * <p>Start with {@link io.bodybroker.gateway.session.Sessions}. Knows no HTTP server and no
 * service. Depends on {@code problem} and the SDK.
 */
@NullMarked
package io.bodybroker.gateway.session;

import org.jspecify.annotations.NullMarked;
