package io.bodybroker.eventbus;

import io.bodybroker.eventbus.v1.EventBusService;
import io.bodybroker.eventbus.v1.GetHistoryRequest;
import io.bodybroker.eventbus.v1.GetHistoryResponse;
import io.bodybroker.eventbus.v1.ListSubscriptionsRequest;
import io.bodybroker.eventbus.v1.ListSubscriptionsResponse;
import io.bodybroker.eventbus.v1.ListenRequest;
import io.bodybroker.eventbus.v1.ListenResponse;
import io.bodybroker.eventbus.v1.PublishRequest;
import io.bodybroker.eventbus.v1.PublishResponse;
import io.bodybroker.eventbus.v1.ReplayRequest;
import io.bodybroker.eventbus.v1.ReplayResponse;
import io.bodybroker.eventbus.v1.SubscribeRequest;
import io.bodybroker.eventbus.v1.SubscribeResponse;
import io.bodybroker.eventbus.v1.UnsubscribeRequest;
import io.bodybroker.eventbus.v1.UnsubscribeResponse;
import io.bodybroker.sdk.rpc.CallContext;
import io.bodybroker.sdk.rpc.ResponseWriter;

/**
 * Answers the calls to event-bus. Stateless: everything is in the stream and the store, so any
 * instance answers any call.
 */
public final class EventBus implements EventBusService {
  private final Publisher publisher;
  private final Subscriptions subscriptions;
  private final Reading reading;
  private final History history;

  EventBus(Publisher publisher, Subscriptions subscriptions, Reading reading, History history) {
    this.publisher = publisher;
    this.subscriptions = subscriptions;
    this.reading = reading;
    this.history = history;
  }

  @Override
  public PublishResponse publish(PublishRequest request, CallContext call) {
    return publisher.publish(request);
  }

  @Override
  public SubscribeResponse subscribe(SubscribeRequest request, CallContext call) {
    return SubscribeResponse.newBuilder().setSubscription(subscriptions.subscribe(request)).build();
  }

  @Override
  public UnsubscribeResponse unsubscribe(UnsubscribeRequest request, CallContext call) {
    return UnsubscribeResponse.newBuilder()
        .setEnded(subscriptions.unsubscribe(request.getSubscriptionId()))
        .build();
  }

  @Override
  public ListSubscriptionsResponse listSubscriptions(
      ListSubscriptionsRequest request, CallContext call) {
    return subscriptions.page(request);
  }

  @Override
  public void listen(
      ListenRequest request, CallContext call, ResponseWriter<ListenResponse> responses) {
    reading.listen(request, responses);
  }

  @Override
  public void replay(
      ReplayRequest request, CallContext call, ResponseWriter<ReplayResponse> responses) {
    reading.replay(request, responses);
  }

  @Override
  public GetHistoryResponse getHistory(GetHistoryRequest request, CallContext call) {
    return history.page(request);
  }
}
