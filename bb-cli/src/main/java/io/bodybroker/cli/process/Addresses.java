package io.bodybroker.cli.process;

/**
 * Where a process finds its servers, and where it listens itself; all on 127.0.0.1.
 *
 * @param natsUrl of nats-server
 * @param redisUrl of redis-server
 * @param gatewayPort for clients, if it is a gateway
 * @param healthPort for health and metrics
 */
public record Addresses(String natsUrl, String redisUrl, int gatewayPort, int healthPort) {}
