package io.bodybroker.sdk.telemetry;

import java.util.Locale;

/** Why a stream that was served is over. */
public enum StreamEnd {
  /** Its handler had sent all. */
  COMPLETED,
  /** Its handler failed, or its request was refused. */
  FAILED,
  /** Its reader had read enough. */
  CLOSED_BY_READER,
  /** Nobody listens any more where its reader was. */
  READER_GONE,
  /** Nothing was heard of its reader for too long. */
  READER_SILENT,
  /** The connection to NATS was lost. */
  CONNECTION_LOST,
  /** The process shuts down. */
  DRAINED;

  /** As a label has it. */
  String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
