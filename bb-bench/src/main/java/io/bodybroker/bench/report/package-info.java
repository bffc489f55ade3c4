/**
 * What a run of benchmarks found, and how it is told: as JSON for programs, as a page with charts
 * for people, as text for a terminal.
 */
@NullMarked
package io.bodybroker.bench.report;

import org.jspecify.annotations.NullMarked;
