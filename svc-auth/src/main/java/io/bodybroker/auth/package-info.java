/**
 * auth: who is playing. Sessions and their tokens, roles, and rate limits.
 *
 * <p>{@link io.bodybroker.auth.Auth} answers the calls. What happens to a player's sessions is
 * decided by {@link io.bodybroker.auth.SessionBook}, a value that knows no store; {@link
 * io.bodybroker.auth.Sessions} brings it together with one. What a token is, {@link
 * io.bodybroker.auth.SessionToken} says, and which limit holds, {@link io.bodybroker.auth.Limit}.
 */
@NullMarked
package io.bodybroker.auth;

import org.jspecify.annotations.NullMarked;
