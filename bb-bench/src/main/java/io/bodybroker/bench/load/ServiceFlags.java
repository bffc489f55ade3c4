package io.bodybroker.bench.load;

import java.util.List;

/**
 * What services' JVMs are told in production. {@code docs/decisions/jvm-flags.md} has the reasons;
 * a test holds this and the program that runs services to it.
 */
public final class ServiceFlags {
  private static final String FIRST_TIER_ONLY = "-XX:TieredStopAtLevel=1";

  /** In the order in which the page has them. */
  public static final List<String> ALL =
      List.of(
          "-XX:+UseSerialGC",
          FIRST_TIER_ONLY,
          "-Xms16m",
          "-Xmx128m",
          "-XX:MaxMetaspaceSize=96m",
          "-XX:ReservedCodeCacheSize=48m",
          "-Xss512k");

  /** The same, with the compiler's second tier. */
  public static final List<String> BOTH_TIERS =
      ALL.stream().filter(flag -> !flag.equals(FIRST_TIER_ONLY)).toList();

  private ServiceFlags() {}
}
