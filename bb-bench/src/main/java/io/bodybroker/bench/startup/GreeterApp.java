package io.bodybroker.bench.startup;

import io.bodybroker.bench.startup.v1.GreetRequest;
import io.bodybroker.bench.startup.v1.GreetResponse;
import io.bodybroker.bench.startup.v1.GreeterService;
import io.bodybroker.sdk.host.ServiceContext;
import io.bodybroker.sdk.host.ServiceHost;
import io.bodybroker.sdk.host.ServiceModule;
import io.bodybroker.sdk.rpc.CallContext;

/** The service that is measured, as a user of the SDK writes it. */
public final class GreeterApp {
  private GreeterApp() {}

  /** Serves until SIGTERM; settings come from the environment. */
  public static void main(String[] args) {
    ServiceHost.run(new GreeterModule(), args);
  }

  private static final class GreeterModule implements ServiceModule {
    @Override
    public void configure(ServiceContext context) {
      context.serve(new Greeter());
    }
  }

  private static final class Greeter implements GreeterService {
    @Override
    public GreetResponse greet(GreetRequest request, CallContext call) {
      return GreetResponse.newBuilder().setGreeting("Hello, " + request.getName() + "!").build();
    }
  }
}
