package io.bodybroker.sdk.telemetry;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Every line that the SDK logs while it is open. */
public final class LogLines extends Handler implements AutoCloseable {
  private static final Logger SDK = Logger.getLogger("io.bodybroker.sdk");

  private final List<LogRecord> lines = Collections.synchronizedList(new ArrayList<>());

  private LogLines() {}

  public static LogLines record() {
    var recorded = new LogLines();
    SDK.addHandler(recorded);
    return recorded;
  }

  @Override
  public void publish(LogRecord line) {
    lines.add(line);
  }

  /** All lines so far. */
  public List<LogRecord> all() {
    synchronized (lines) {
      return List.copyOf(lines);
    }
  }

  /** The state changes so far. */
  public List<StateChange> changes() {
    return all().stream()
        .filter(line -> line.getParameters() != null)
        .flatMap(line -> java.util.Arrays.stream(line.getParameters()))
        .filter(StateChange.class::isInstance)
        .map(StateChange.class::cast)
        .toList();
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    SDK.removeHandler(this);
  }
}
