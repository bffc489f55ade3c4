package io.bodybroker.questsystem;

import io.bodybroker.payment.v1.PaymentClient;
import io.bodybroker.questsystem.state.v1.StoredJournal;
import io.bodybroker.sdk.host.ServiceContext;
import io.bodybroker.sdk.host.ServiceModule;
import io.bodybroker.streams.GameConsumers;
import io.bodybroker.timemanager.v1.TimeManagerClient;
import io.bodybroker.worldstate.v1.WorldStateClient;

/** Wires quest-system. */
public final class QuestSystemModule implements ServiceModule {
  @Override
  public void configure(ServiceContext context) {
    var store =
        context.durableStore("quests", StoredJournal.getDefaultInstance(), QuestEvents.FEED);
    var journals = new Journals(store);
    var wallets = new PaymentWallets(PaymentClient.on(context.caller()));
    var rewards = new Rewards(journals, wallets, context.clock());
    var times = new TimeManagerTimes(TimeManagerClient.on(context.caller()));
    var flags = new WorldStateFlags(WorldStateClient.on(context.caller()));
    context.serve(new QuestSystem(journals, rewards, times, flags, context.clock()));

    var matters = new OpenMatters(journals, rewards, context.clock());
    store.watch("", matters::tell);
    context.repeat("open-matters", OpenMatters.PAUSE, matters);

    var listener = new DeedListener(journals, context.clock());
    context.consume(GameConsumers.QUEST_KILLS, listener::heard);
    context.consume(GameConsumers.QUEST_HARVESTS, listener::heard);
    context.consume(GameConsumers.QUEST_DEALS, listener::heard);
    context.consume(GameConsumers.QUEST_FAMILIES, listener::heard);
    context.consume(GameConsumers.QUEST_TALKS, listener::heard);
  }
}
