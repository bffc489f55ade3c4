package io.bodybroker.game;

import io.bodybroker.auth.v1.AuthClient;
import io.bodybroker.auth.v1.CreateSessionRequest;
import io.bodybroker.cli.Operators;
import io.bodybroker.gateway.Gateway;
import io.bodybroker.gateway.config.GatewayConfig;
import io.bodybroker.sdk.Bus;
import io.bodybroker.sdk.config.BusConfig;
import io.bodybroker.sdk.host.ServiceHost;
import io.bodybroker.sdk.host.ServiceModule;
import io.bodybroker.sdk.rpc.RpcCaller;
import io.bodybroker.testkit.NatsServer;
import io.bodybroker.testkit.RedisServer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * All services and the gateway on real servers, started with the first test that asks for it and
 * ended after the last: {@code @ExtendWith(TheGame.Extension.class)} and a parameter.
 */
final class TheGame implements AutoCloseable {
  private static final Duration BOUND = Duration.ofSeconds(60);

  private final NatsServer nats = NatsServer.start();
  private final RedisServer redis = RedisServer.start();
  private final ServiceHost host;
  private final Gateway gateway;

  private TheGame() throws InterruptedException {
    var config =
        BusConfig.builder()
            .name("the-game")
            .natsUrls(List.of(nats.url()))
            .redisUrl(redis.url())
            .callTimeout(Duration.ofSeconds(10))
            .healthHost("127.0.0.1")
            .healthPort(0)
            .build();
    ServiceModule[] modules =
        ServiceLoader.load(ServiceModule.class).stream()
            .map(ServiceLoader.Provider::get)
            .toArray(ServiceModule[]::new);
    host = ServiceHost.builder(modules).config(config).start();
    if (!host.awaitReady(BOUND)) {
      throw new AssertionError("not ready within " + BOUND);
    }
    gateway =
        Gateway.start(
            host.bus(),
            GatewayConfig.builder().host("127.0.0.1").port(0).drainDelay(Duration.ZERO).build());
  }

  /** Calls services past the gateway. */
  RpcCaller caller() {
    return host.bus();
  }

  /** The connection that the services share. */
  Bus bus() {
    return host.bus();
  }

  /** Somebody who has not signed in. */
  GameClient anybody() {
    return new GameClient(gateway.port(), Optional.empty());
  }

  /** A player who has signed in. */
  GameClient player(String id) {
    var session =
        AuthClient.on(caller())
            .createSession(CreateSessionRequest.newBuilder().setPlayerId(id).build());
    return new GameClient(gateway.port(), Optional.of(session.getToken()));
  }

  /** One who runs the game, signed in. */
  GameClient operator() {
    return new GameClient(gateway.port(), Optional.of(Operators.token(caller())));
  }

  @Override
  public void close() {
    try (nats;
        redis;
        host) {
      gateway.close();
    }
  }

  /** Hands it to tests. */
  static final class Extension implements ParameterResolver {
    private static final ExtensionContext.Namespace NAMESPACE =
        ExtensionContext.Namespace.create(TheGame.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
      return parameter.getParameter().getType() == TheGame.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
      return context
          .getRoot()
          .getStore(NAMESPACE)
          .computeIfAbsent(TheGame.class, type -> start(), TheGame.class);
    }

    private static TheGame start() {
      try {
        return new TheGame();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new AssertionError("interrupted", e);
      }
    }
  }
}
