package io.bodybroker.sdk.host;

import com.google.protobuf.Empty;
import io.bodybroker.sdk.rpc.CallContext;
import io.bodybroker.sdk.store.Store;
import io.bodybroker.sdk.test.v1.ActRequest;
import io.bodybroker.sdk.test.v1.ActResponse;
import io.bodybroker.sdk.test.v1.EchoRequest;
import io.bodybroker.sdk.test.v1.EchoResponse;
import io.bodybroker.sdk.test.v1.EchoService;
import io.bodybroker.sdk.test.v1.PutRequest;
import io.bodybroker.sdk.test.v1.PutResponse;
import java.time.Duration;

/** A service that needs all there is: each {@code Put} goes to a durable and to a fast store. */
final class NotedEcho implements EchoService {
  private final Store<PutRequest> durable;
  private final Store<PutRequest> fast;

  NotedEcho(ServiceContext context) {
    this.durable = context.durableStore("notes", PutRequest.getDefaultInstance());
    this.fast = context.fastStore("notes", PutRequest.getDefaultInstance(), Duration.ofMinutes(1));
  }

  @Override
  public PutResponse put(PutRequest request, CallContext call) {
    durable.put(request.getKey(), request);
    fast.put(request.getKey(), request);
    return PutResponse.getDefaultInstance();
  }

  @Override
  public EchoResponse echo(EchoRequest request, CallContext call) {
    return EchoResponse.newBuilder().setText(request.getText()).build();
  }

  @Override
  public ActResponse act(ActRequest request, CallContext call) {
    return ActResponse.getDefaultInstance();
  }

  @Override
  public Empty ping(Empty request, CallContext call) {
    return Empty.getDefaultInstance();
  }
}
