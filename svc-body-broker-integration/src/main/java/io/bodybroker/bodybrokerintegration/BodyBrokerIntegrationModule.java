package io.bodybroker.bodybrokerintegration;

import io.bodybroker.bodybrokerintegration.deal.Leases;
import io.bodybroker.bodybrokerintegration.deal.Step;
import io.bodybroker.bodybrokerintegration.state.v1.StoredBroker;
import io.bodybroker.bodybrokerintegration.state.v1.StoredDeal;
import io.bodybroker.bodybrokerintegration.state.v1.StoredTarget;
import io.bodybroker.bodybrokerintegration.v1.DealStepName;
import io.bodybroker.eventbus.v1.EventBusClient;
import io.bodybroker.payment.v1.PaymentClient;
import io.bodybroker.sdk.host.ServiceContext;
import io.bodybroker.sdk.host.ServiceModule;
import io.bodybroker.timemanager.v1.TimeManagerClient;
import io.bodybroker.worldstate.v1.WorldStateClient;
import java.util.Map;

/** Wires body-broker-integration. */
public final class BodyBrokerIntegrationModule implements ServiceModule {
  private final StepGate gate;

  /** As in production. */
  public BodyBrokerIntegrationModule() {
    this(StepGate.OPEN);
  }

  /**
   * @param gate where a test stops the instance
   */
  BodyBrokerIntegrationModule(StepGate gate) {
    this.gate = gate;
  }

  @Override
  public void configure(ServiceContext context) {
    var time = context.clock();
    var caller = context.caller();
    var players =
        context.durableStore(
            "broker-players", StoredBroker.getDefaultInstance(), BrokerEvents.OF_PLAYERS);
    var dead = context.durableStore("broker-targets", StoredTarget.getDefaultInstance());
    var deals =
        context.durableStore(
            "broker-deals", StoredDeal.getDefaultInstance(), BrokerEvents.OF_DEALS);

    var worlds = new Worlds(TimeManagerClient.on(caller), time);
    var brokers = new Brokers(players);
    var documents = new Deals(deals);
    var delivery = new DeliveryStep(WorldStateClient.on(caller));
    Map<DealStepName, Step> steps =
        Map.of(
            DealStepName.RESERVE_PARTS, new PartsStep(brokers, worlds, time, gate),
            DealStepName.DELIVER, delivery,
            DealStepName.PAY, new PaymentStep(PaymentClient.on(caller)),
            DealStepName.ANNOUNCE, new AnnouncementStep(EventBusClient.on(caller)),
            DealStepName.SETTLE, new SettlementStep(brokers, time));
    var runner = new DealRunner(documents, steps, new Leases(context.runId()), time, gate);
    var keeper = new DealKeeper(documents, runner, delivery, time);
    deals.watch("", keeper::note);
    context.repeat("keep-deals", DealKeeper.PAUSE, keeper);

    context.serve(
        new BodyBrokerIntegration(
            brokers,
            new Targets(dead, brokers),
            documents,
            new DealTable(brokers, documents, worlds, time),
            new DealDesk(documents, runner, brokers, time),
            worlds,
            time));
  }
}
