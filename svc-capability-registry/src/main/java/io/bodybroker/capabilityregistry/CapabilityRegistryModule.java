package io.bodybroker.capabilityregistry;

import io.bodybroker.capabilityregistry.engine.EngineCatalogue;
import io.bodybroker.capabilityregistry.state.v1.StoredRegistration;
import io.bodybroker.sdk.host.ServiceContext;
import io.bodybroker.sdk.host.ServiceModule;

/** Wires capability-registry: one document a registration, and a sweep of those that lapse. */
public final class CapabilityRegistryModule implements ServiceModule {
  @Override
  public void configure(ServiceContext context) {
    var store =
        context.durableStore(
            "capabilities", StoredRegistration.getDefaultInstance(), LeaseEvents.FEED);
    var leases = new Leases(store, context.clock());
    context.serve(new CapabilityRegistry(leases, EngineCatalogue.ofTheGame(), context.clock()));
    context.repeat("sweep-leases", Leases.SWEEP, leases::sweep);
  }
}
