/**
 * JetStream's streams as code: what a stream shall be, said once beside the contracts, and made so
 * on the server.
 *
 * <p>Start with {@link io.bodybroker.sdk.stream.StreamSpec} and {@link
 * io.bodybroker.sdk.stream.StreamCatalog}. (A method that answers with many messages is not meant
 * here: that is {@code rpc}.) Depends on {@code connection}, {@code error} and {@code internal}.
 */
@NullMarked
package io.bodybroker.sdk.stream;

import org.jspecify.annotations.NullMarked;
