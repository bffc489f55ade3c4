package io.bodybroker.bench.scale;

import io.bodybroker.bench.ends.SdkEnds;
import io.bodybroker.bench.load.Place;
import io.bodybroker.bench.load.Service;
import io.bodybroker.bench.load.Target;
import io.bodybroker.bench.rpc.Echo;
import io.bodybroker.bench.v1.EchoRequest;
import io.bodybroker.bench.v1.EchoResponse;
import io.bodybroker.sdk.Bus;
import io.bodybroker.sdk.rpc.CallOptions;
import io.bodybroker.sdk.rpc.RpcMethod;
import io.opentelemetry.api.GlobalOpenTelemetry;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Many services in one process, each with many methods, of which some are called, in turn. How many
 * is told to both processes by {@link Shape#place}.
 */
public final class ManyRpc implements Service {
  /**
   * How many of each.
   *
   * @param called methods of all services; the others idle
   */
  record Shape(int services, int methodsEach, int called) {
    private static final String SERVICES = "bb.bench.services";
    private static final String METHODS = "bb.bench.methods";
    private static final String CALLED = "bb.bench.called";

    /** A process that knows it. */
    Place place() {
      return Place.USUAL.with(
          "-D%s=%d".formatted(SERVICES, services),
          "-D%s=%d".formatted(METHODS, methodsEach),
          "-D%s=%d".formatted(CALLED, called));
    }

    /** The one that this process was told. */
    static Shape told() {
      return new Shape(
          Integer.getInteger(SERVICES), Integer.getInteger(METHODS), Integer.getInteger(CALLED));
    }

    private List<ManyContracts.Contract> contracts() {
      return ManyContracts.of(services, methodsEach);
    }

    private List<RpcMethod<EchoRequest, EchoResponse>> methods() {
      return contracts().stream().flatMap(contract -> contract.methods().stream()).toList();
    }

    private List<RpcMethod<EchoRequest, EchoResponse>> calledMethods() {
      return methods().subList(0, called);
    }

    List<String> subjects() {
      return methods().stream().map(RpcMethod::subject).toList();
    }

    List<String> calledSubjects() {
      return subjects().subList(0, called);
    }
  }

  @Override
  public Server serve(String natsUrl) throws Exception {
    var contracts = Shape.told().contracts();
    return SdkEnds.serve(
        natsUrl,
        context -> contracts.forEach(contract -> context.serve(contract::binding)),
        GlobalOpenTelemetry.get());
  }

  @Override
  public Client connect(String address) throws Exception {
    var bus = SdkEnds.connect(address, GlobalOpenTelemetry.get());
    var methods = Shape.told().calledMethods();
    return Client.of(bus, bytes -> target(bus, new InTurn<>(methods), Echo.request(bytes)));
  }

  private static Target target(
      Bus bus, InTurn<RpcMethod<EchoRequest, EchoResponse>> methods, EchoRequest request) {
    return new Target() {
      @Override
      public void call() {
        var unused = bus.call(methods.next(), request, CallOptions.defaults());
      }

      @Override
      public CompletionStage<?> begin() {
        return bus.callAsync(methods.next(), request, CallOptions.defaults());
      }
    };
  }
}
