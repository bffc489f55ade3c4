package io.bodybroker.gateway.http;

import io.bodybroker.gateway.problem.HttpProblems;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Bounds how many requests a second each client makes, with a second's worth at once, by the
 * generic cell rate algorithm (ITU-T I.371): what is kept of a client is one number, the time at
 * which its requests so far are paid for. Thread-safe.
 */
final class ClientRates {
  private static final long SECOND = 1_000_000_000;

  private static final int IPV6_BYTES = 16;

  /** After so many requests, clients that are not heard of any more are forgotten. */
  private static final int SWEEP_EVERY = 16_384;

  private final long interval;
  private final HttpMeters meters;
  private final LongSupplier nanoClock;
  private final Map<String, AtomicLong> paid = new ConcurrentHashMap<>();
  private final AtomicLong requests = new AtomicLong();

  /**
   * Bounds for all clients.
   *
   * @param perSecond requests; 0 means no bound
   */
  ClientRates(int perSecond, HttpMeters meters, LongSupplier nanoClock) {
    this.meters = meters;
    this.interval = perSecond == 0 ? 0 : SECOND / perSecond;
    this.nanoClock = nanoClock;
  }

  /**
   * Counts a request.
   *
   * @throws io.bodybroker.gateway.problem.ProblemException 429
   */
  void require(String client) {
    if (interval == 0) {
      return;
    }
    long now = nanoClock.getAsLong();
    if (requests.incrementAndGet() % SWEEP_EVERY == 0) {
      paid.values().removeIf(until -> until.get() - now < 0);
    }
    AtomicLong until = paid.computeIfAbsent(subscriber(client), unused -> new AtomicLong(now));
    while (true) {
      long before = until.get();
      long begin = before - now < 0 ? now : before;
      if (begin - now > SECOND - interval) {
        meters.refused(HttpMeters.Limit.CLIENT_RATE);
        throw HttpProblems.tooManyRequests(SECOND / interval);
      }
      if (until.compareAndSet(before, begin + interval)) {
        return;
      }
    }
  }

  /**
   * Who counts as one client: an IPv4 address, or a whole /64 of IPv6, which is the least that one
   * subscriber has to choose addresses from (RFC 6177).
   */
  private static String subscriber(String client) {
    if (client.indexOf(':') < 0) {
      return client;
    }
    try {
      byte[] address =
          InetAddress.getByName(client).getAddress(); // a literal: nothing is looked up
      return address.length == IPV6_BYTES
          ? HexFormat.of().formatHex(address, 0, IPV6_BYTES / 2)
          : client;
    } catch (UnknownHostException e) {
      return client; // a proxy's own way to write it
    }
  }

  int known() {
    return paid.size();
  }
}
