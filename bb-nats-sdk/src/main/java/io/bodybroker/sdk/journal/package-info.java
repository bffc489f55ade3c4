/**
 * What happened, for good: append-only logs of protobuf messages, for books and audits.
 *
 * <p>Start with {@link io.bodybroker.sdk.journal.Journal}, which a service gets from its context. A
 * store keeps what is; a journal keeps everything that made it so, and never lets go of it. May
 * depend on {@code store}, for the changes that a feed makes events of, and on {@code stream},
 * {@code error} and {@code metrics}.
 */
@NullMarked
package io.bodybroker.sdk.journal;

import org.jspecify.annotations.NullMarked;
