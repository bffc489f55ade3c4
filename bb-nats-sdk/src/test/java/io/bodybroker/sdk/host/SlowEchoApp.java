package io.bodybroker.sdk.host;

import com.google.protobuf.Empty;
import io.bodybroker.sdk.rpc.CallContext;
import io.bodybroker.sdk.test.v1.ActRequest;
import io.bodybroker.sdk.test.v1.ActResponse;
import io.bodybroker.sdk.test.v1.EchoRequest;
import io.bodybroker.sdk.test.v1.EchoResponse;
import io.bodybroker.sdk.test.v1.EchoService;
import io.bodybroker.sdk.test.v1.PutRequest;
import io.bodybroker.sdk.test.v1.PutResponse;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** A service program whose {@code Echo} takes as long as it is asked to. */
final class SlowEchoApp {
  private SlowEchoApp() {}

  public static void main(String[] args) {
    ServiceHost.run(context -> context.serve(new SlowEcho()), args);
  }

  private static final class SlowEcho implements EchoService {
    @Override
    public EchoResponse echo(EchoRequest request, CallContext call) {
      System.getLogger("echo").log(System.Logger.Level.INFO, "begun {0}", request.getText());
      var delay = request.getDelay();
      long end =
          System.nanoTime() + Duration.ofSeconds(delay.getSeconds(), delay.getNanos()).toNanos();
      while (System.nanoTime() - end < 0) {
        LockSupport.parkNanos(end - System.nanoTime());
      }
      return EchoResponse.newBuilder().setText(request.getText()).build();
    }

    @Override
    public PutResponse put(PutRequest request, CallContext call) {
      return PutResponse.getDefaultInstance();
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
}
