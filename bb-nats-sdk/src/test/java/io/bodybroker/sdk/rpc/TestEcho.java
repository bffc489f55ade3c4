package io.bodybroker.sdk.rpc;

import com.google.protobuf.Duration;
import com.google.protobuf.Empty;
import io.bodybroker.sdk.test.v1.ActRequest;
import io.bodybroker.sdk.test.v1.ActResponse;
import io.bodybroker.sdk.test.v1.EchoRequest;
import io.bodybroker.sdk.test.v1.EchoResponse;
import io.bodybroker.sdk.test.v1.EchoService;
import io.bodybroker.sdk.test.v1.PutRequest;
import io.bodybroker.sdk.test.v1.PutResponse;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** The contract, served with a behaviour that a test chooses, counting what reaches a handler. */
final class TestEcho implements EchoService {
  private final AtomicInteger handled = new AtomicInteger();
  private final Function<EchoRequest, EchoResponse> behaviour;

  TestEcho() {
    this(request -> EchoResponse.newBuilder().setText(request.getText()).build());
  }

  TestEcho(Function<EchoRequest, EchoResponse> behaviour) {
    this.behaviour = behaviour;
  }

  /** How many requests have reached a handler. */
  int handled() {
    return handled.get();
  }

  @Override
  public EchoResponse echo(EchoRequest request, CallContext call) {
    handled.incrementAndGet();
    EchoResponse response = behaviour.apply(request);
    if (response == null) {
      return response;
    }
    var known = response.toBuilder();
    call.metadata().requestId().ifPresent(known::setRequestId);
    call.metadata().user().ifPresent(known::setUser);
    call.metadata().tenant().ifPresent(known::setTenant);
    known.setRemaining(
        Duration.newBuilder()
            .setSeconds(call.remaining().toSeconds())
            .setNanos(call.remaining().toNanosPart()));
    return known.build();
  }

  @Override
  public PutResponse put(PutRequest request, CallContext call) {
    return PutResponse.newBuilder().setAttempts(handled.incrementAndGet()).build();
  }

  @Override
  public ActResponse act(ActRequest request, CallContext call) {
    return ActResponse.newBuilder().setCount(handled.incrementAndGet()).build();
  }

  @Override
  public Empty ping(Empty request, CallContext call) {
    handled.incrementAndGet();
    return Empty.getDefaultInstance();
  }
}
