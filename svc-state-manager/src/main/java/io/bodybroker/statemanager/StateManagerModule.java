package io.bodybroker.statemanager;

import io.bodybroker.sdk.host.ServiceContext;
import io.bodybroker.sdk.host.ServiceModule;
import io.bodybroker.statemanager.state.v1.StoredState;

/** Wires state-manager. */
public final class StateManagerModule implements ServiceModule {
  @Override
  public void configure(ServiceContext context) {
    var documents =
        context.durableStore("state", StoredState.getDefaultInstance(), StateEvents.FEED);
    context.serve(new StateManager(new Commits(documents), context.clock()));
  }
}
