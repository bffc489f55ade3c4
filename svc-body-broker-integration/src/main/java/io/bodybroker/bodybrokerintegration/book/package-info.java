/**
 * The Broker's Book: how well a player knows creatures, drugs and clients.
 *
 * <p>Start with {@link io.bodybroker.bodybrokerintegration.book.Knowledge}. May use the contract's
 * enums.
 */
@NullMarked
package io.bodybroker.bodybrokerintegration.book;

import org.jspecify.annotations.NullMarked;
