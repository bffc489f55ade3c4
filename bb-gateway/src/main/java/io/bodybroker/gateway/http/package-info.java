/**
 * The gateway's own use of HTTP: which requests it takes, what it answers, and the server it
 * listens with.
 *
 * <p>Start with {@link io.bodybroker.gateway.http.Routes}, what there is to ask for, and {@link
 * io.bodybroker.gateway.http.HttpServer}, which serves it. Helidon's web server stays in this
 * package. Depends on all other packages of the gateway but the root.
 */
@NullMarked
package io.bodybroker.gateway.http;

import org.jspecify.annotations.NullMarked;
