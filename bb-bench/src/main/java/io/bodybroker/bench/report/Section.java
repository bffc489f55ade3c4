package io.bodybroker.bench.report;

import java.util.List;

/**
 * What one benchmark found.
 *
 * @param name as on the command line, {@code rpc}
 * @param title for people
 * @param text what was done and how, in a few sentences; with which settings
 * @param charts in the order in which they are to be read
 * @param ratios what is to be remembered, each against a goal if there is one
 * @param notes what a reader must know to judge: what could not be measured, what was left out
 */
public record Section(
    String name,
    String title,
    String text,
    List<Chart> charts,
    List<Ratio> ratios,
    List<String> notes) {}
