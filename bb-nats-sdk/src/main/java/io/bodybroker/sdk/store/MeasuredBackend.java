package io.bodybroker.sdk.store;

import io.bodybroker.sdk.store.StoreMeters.Operation;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** A {@link Backend} whose operations are measured. */
final class MeasuredBackend implements Backend {
  private final Backend measured;
  private final StoreMeters meters;

  MeasuredBackend(Backend measured, StoreMeters meters) {
    this.measured = measured;
    this.meters = meters;
  }

  @Override
  public String name() {
    return measured.name();
  }

  @Override
  public Optional<Entry> read(String key) {
    return meters.measure(name(), Operation.READ, () -> measured.read(key));
  }

  @Override
  public Outcome write(Write write) {
    return meters.measure(name(), Operation.WRITE, () -> measured.write(write));
  }

  @Override
  public List<Entry> list(String prefix) {
    return meters.measure(name(), Operation.LIST, () -> measured.list(prefix));
  }

  /** What a watch tells is told by {@link RunningWatch}, which sees it break off. */
  @Override
  public Watch watch(Scope scope, Consumer<Entry> listener) {
    return measured.watch(scope, listener);
  }
}
