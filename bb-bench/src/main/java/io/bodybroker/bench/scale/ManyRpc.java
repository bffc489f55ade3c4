package io.bodybroker.bench.scale;

import com.google.protobuf.UnsafeByteOperations;
import io.bodybroker.bench.load.Place;
import io.bodybroker.bench.load.Service;
import io.bodybroker.bench.load.Target;
import io.bodybroker.bench.v1.EchoRequest;
import io.bodybroker.bench.v1.EchoResponse;
import io.bodybroker.sdk.Bus;
import io.bodybroker.sdk.config.BusConfig;
import io.bodybroker.sdk.host.ServiceHost;
import io.bodybroker.sdk.rpc.CallOptions;
import io.bodybroker.sdk.rpc.RpcMethod;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Many services in one process, each with many methods, of which some are called, in turn. How many
 * is told to both processes by {@link Shape#place}.
 */
public final class ManyRpc implements Service {
  private static final int MORE_THAN_ANY_WINDOW = 4_096;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

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
  }

  @Override
  public Server serve(String natsUrl) throws Exception {
    var config =
        BusConfig.builder()
            .name("many")
            .natsUrls(List.of(natsUrl))
            .healthHost("127.0.0.1")
            .healthPort(0)
            .serveMaxConcurrency(MORE_THAN_ANY_WINDOW)
            .build();
    var contracts = Shape.told().contracts();
    ServiceHost host =
        ServiceHost.start(
            context -> contracts.forEach(contract -> context.serve(contract::binding)), config);
    if (!host.awaitReady(PATIENCE)) {
      host.close();
      throw new IllegalStateException("not ready after " + PATIENCE);
    }
    return new Server() {
      @Override
      public String address() {
        return natsUrl;
      }

      @Override
      public void close() {
        host.close();
      }
    };
  }

  @Override
  public Client connect(String address) throws Exception {
    var bus =
        Bus.connect(
            BusConfig.builder()
                .name("bench")
                .natsUrls(List.of(address))
                .callMaxConcurrency(MORE_THAN_ANY_WINDOW)
                .build());
    if (!bus.awaitConnected(PATIENCE)) {
      throw new IllegalStateException("no connection to " + address);
    }
    var shape = Shape.told();
    var methods =
        shape.contracts().stream()
            .flatMap(contract -> contract.methods().stream())
            .limit(shape.called())
            .toList();
    return new Client() {
      @Override
      public Target target(int bytes) {
        return new InTurn(bus, methods, bytes);
      }

      @Override
      public void close() {
        bus.close();
      }
    };
  }

  private static final class InTurn implements Target {
    private final Bus bus;
    private final List<RpcMethod<EchoRequest, EchoResponse>> methods;
    private final EchoRequest request;
    private final AtomicInteger turn = new AtomicInteger();

    InTurn(Bus bus, List<RpcMethod<EchoRequest, EchoResponse>> methods, int bytes) {
      this.bus = bus;
      this.methods = methods;
      this.request =
          EchoRequest.newBuilder()
              .setPayload(UnsafeByteOperations.unsafeWrap(new byte[bytes]))
              .build();
    }

    private RpcMethod<EchoRequest, EchoResponse> next() {
      return methods.get(Math.floorMod(turn.getAndIncrement(), methods.size()));
    }

    @Override
    public void call() {
      var unused = bus.call(next(), request, CallOptions.defaults());
    }

    @Override
    public CompletionStage<?> begin() {
      return bus.callAsync(next(), request, CallOptions.defaults());
    }
  }
}
