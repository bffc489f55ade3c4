/**
 * Tickets: what the platform says of who somebody is. {@link
 * io.bodybroker.auth.ticket.TicketVerifier} tells whether one is good; that it is taken only once
 * is for others to see to. Knows no transport and no store.
 */
@NullMarked
package io.bodybroker.auth.ticket;

import org.jspecify.annotations.NullMarked;
