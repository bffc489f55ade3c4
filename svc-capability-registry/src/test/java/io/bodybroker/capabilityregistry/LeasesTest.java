package io.bodybroker.capabilityregistry;

import static org.assertj.core.api.Assertions.assertThat;

import io.bodybroker.capabilityregistry.state.v1.StoredRegistration;
import io.bodybroker.capabilityregistry.v1.Registration;
import io.bodybroker.sdk.store.Change;
import io.bodybroker.sdk.store.MemoryStores;
import io.bodybroker.sdk.store.Store;
import io.bodybroker.sdk.store.Watch;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class LeasesTest {
  private static final Instant NOW = Instant.parse("2026-11-26T20:00:00Z");

  private final Store<StoredRegistration> store =
      MemoryStores.open(StoredRegistration.getDefaultInstance());
  private final List<Change<StoredRegistration>> untold = new ArrayList<>();
  private final List<Consumer<Change<StoredRegistration>>> listeners = new ArrayList<>();
  private int lists;

  /** The store as an instance has it whose watch has told nothing yet. */
  private Store<StoredRegistration> slow() {
    @SuppressWarnings("unchecked")
    var slow =
        (Store<StoredRegistration>)
            Proxy.newProxyInstance(
                Store.class.getClassLoader(),
                new Class<?>[] {Store.class},
                (proxy, method, arguments) -> {
                  if (method.getName().equals("watch")) {
                    listeners.add((Consumer<Change<StoredRegistration>>) arguments[1]);
                    Watch watch = store.watch("", untold::add);
                    return watch;
                  }
                  lists += method.getName().equals("list") ? 1 : 0;
                  try {
                    return method.invoke(store, arguments);
                  } catch (InvocationTargetException e) {
                    throw e.getCause();
                  }
                });
    return slow;
  }

  private void tell(int changes) {
    for (int i = 0; i < changes; i++) {
      listeners.getFirst().accept(untold.removeFirst());
    }
  }

  private void register(String id) {
    var wanted = Registration.newBuilder().setRegistrationId(id).build();
    store.update(id, before -> Lease.register(before, wanted, NOW));
  }

  private static List<String> ids(Leases leases) {
    return leases.all().stream()
        .map(one -> one.registration().getRegistrationId())
        .sorted()
        .toList();
  }

  @Test
  void knowAtOnceWhoIsRegistered() {
    register("a");
    register("b");
    var leases = new Leases(slow(), () -> NOW);

    assertThat(ids(leases)).containsExactly("a", "b");
    tell(1);
    assertThat(ids(leases)).as("told of one of two").containsExactly("a", "b");
    tell(1);
    assertThat(ids(leases)).containsExactly("a", "b");
    assertThat(lists).isEqualTo(3);
  }

  @Test
  void askTheStoreNoMoreWhenTheyKnowAll() {
    register("a");
    var leases = new Leases(slow(), () -> NOW);
    tell(1);
    assertThat(ids(leases)).containsExactly("a");
    register("b");
    tell(1);

    assertThat(ids(leases)).containsExactly("a", "b");
    assertThat(lists).isEqualTo(1);
  }

  @Test
  void waitForNothingWhereThereIsNothing() {
    var leases = new Leases(slow(), () -> NOW);

    assertThat(ids(leases)).isEmpty();
    assertThat(ids(leases)).isEmpty();
    assertThat(lists).isEqualTo(1);
  }
}
