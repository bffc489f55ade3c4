package com.example.tally;

import com.example.tally.v1.StoredTally;
import io.bodybroker.sdk.host.ServiceContext;
import io.bodybroker.sdk.host.ServiceModule;

/** Wires the tally. */
public final class TallyModule implements ServiceModule {
  @Override
  public void configure(ServiceContext context) {
    var tallies = context.durableStore("tally", StoredTally.getDefaultInstance(), VoteCounter.FEED);
    context.serve(new VoteCounter(tallies, context.clock()));
  }
}
