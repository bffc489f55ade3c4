package io.bodybroker.bench.report;

import java.time.Instant;
import java.util.List;

/**
 * What one run found.
 *
 * @param command what was run, {@code ./bb bench rpc --quick}
 * @param at when it began
 * @param isQuick whether it was the short form, whose figures say less
 */
public record Report(
    String command, Instant at, boolean isQuick, Machine machine, List<Section> sections) {}
