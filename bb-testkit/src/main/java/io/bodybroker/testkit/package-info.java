/**
 * Real servers for JUnit tests: nats-server (one, or a cluster with JetStream) and redis-server, as
 * child processes on free loopback ports, and the faults that a network of them has.
 *
 * <p>Start with {@link io.bodybroker.testkit.TestServers} on a test class, or start a {@link
 * io.bodybroker.testkit.NatsServer}, {@link io.bodybroker.testkit.NatsCluster} or {@link
 * io.bodybroker.testkit.RedisServer} yourself and close it. What every server can suffer is {@link
 * io.bodybroker.testkit.TestServer}: {@code kill}, {@code pause}, {@code resume}, {@code stop},
 * {@code restart}. {@link io.bodybroker.testkit.Await} waits for what follows from a fault, within
 * a bound.
 *
 * <p>Three promises. A server listens on 127.0.0.1 only. It keeps its data in a temporary directory
 * of its own, which survives {@code restart} and is deleted by {@code close}. And it never outlives
 * the JVM, even one killed with SIGKILL. The kit needs a POSIX system with {@code sh} (Linux,
 * macOS), and knows no client library: use the one you test.
 */
@NullMarked
package io.bodybroker.testkit;

import org.jspecify.annotations.NullMarked;
