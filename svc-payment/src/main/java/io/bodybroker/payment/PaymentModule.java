package io.bodybroker.payment;

import io.bodybroker.payment.state.v1.SealedEntry;
import io.bodybroker.sdk.host.ServiceContext;
import io.bodybroker.sdk.host.ServiceModule;
import java.util.UUID;

/** Wires payment. */
public final class PaymentModule implements ServiceModule {
  @Override
  public void configure(ServiceContext context) {
    var journal = context.journal("ledger", SealedEntry.getDefaultInstance(), PaymentEvents.FEED);
    context.serve(
        new Payment(
            new Accounts(journal, context.clock()),
            context.events(),
            () -> UUID.randomUUID().toString(),
            context.clock()));
  }
}
