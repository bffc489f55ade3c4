package io.bodybroker.cli.soak;

import java.util.List;

/**
 * What is left of a soak when it is over.
 *
 * @param soak which
 * @param promise what it promises, in a sentence
 * @param settings how it was run
 * @param seconds the ledger by second
 * @param traffic the ledger by kind of call
 * @param total the whole ledger
 * @param events what was done and seen
 * @param changes of readiness
 * @param verdict what came of it
 */
record Report(
    String soak,
    String promise,
    SoakOptions settings,
    List<LedgerRow> seconds,
    List<LedgerRow> traffic,
    LedgerRow total,
    List<Timeline.Event> events,
    List<HealthWatch.Change> changes,
    Verdict verdict) {
  Report {
    seconds = List.copyOf(seconds);
    traffic = List.copyOf(traffic);
    events = List.copyOf(events);
    changes = List.copyOf(changes);
  }
}
