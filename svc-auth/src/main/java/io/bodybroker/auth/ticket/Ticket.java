package io.bodybroker.auth.ticket;

import java.time.Instant;

/**
 * What a good ticket says.
 *
 * @param issuer who signed it
 * @param id its name, under which it is taken once
 * @param player whom it names
 * @param expiresAt when it is no longer good
 */
public record Ticket(String issuer, String id, String player, Instant expiresAt) {}
