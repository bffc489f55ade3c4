package io.bodybroker.bench.report;

import java.util.Map;

/**
 * Where it was measured and with what.
 *
 * @param facts by name, in the order in which they are to be told: processor, cores, memory,
 *     system, JDK, versions of libraries and servers, flags of the JVMs
 */
public record Machine(Map<String, String> facts) {}
