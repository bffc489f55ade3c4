package io.bodybroker.sdk.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bodybroker.sdk.Bus;
import io.bodybroker.sdk.config.BusConfig;
import io.bodybroker.sdk.connection.ConnectionRole;
import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.ErrorOrigin;
import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.sdk.host.HealthPages;
import io.bodybroker.sdk.host.ServiceHost;
import io.bodybroker.sdk.store.DurableStores;
import io.bodybroker.sdk.test.v1.EchoClient;
import io.bodybroker.sdk.test.v1.EchoRequest;
import io.bodybroker.sdk.test.v1.PutRequest;
import io.bodybroker.testkit.Await;
import io.bodybroker.testkit.NatsServer;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PermissionsTest {
  private static final Duration BOUND = Duration.ofSeconds(20);
  private static final String ECHO = "svc.echo.v1.echo";
  private static final String SERVER_MAY =
      "{ publish: [\"_INBOX.>\"], subscribe: [\"_INBOX.server.>\", \"$SRV.>\", \"svc.echo.v1.*\"] }";

  private static NatsServer nats = NatsServer.builder().config(config(SERVER_MAY)).start();

  private static String config(String server) {
    return """
    authorization {
      users: [
        { user: all, password: pw }
        { user: server, password: pw, permissions: %s }
        { user: client, password: pw, permissions: {
            publish: ["svc.echo.v1.put"], subscribe: ["_INBOX.client.>"] } }
      ]
    }
    """
        .formatted(server);
  }

  @BeforeAll
  static void check() {
    assertThat(nats.isRunning()).isTrue();
  }

  @AfterAll
  static void stop() {
    nats.close();
  }

  private static BusConfig as(String user) {
    return RunningEcho.config(nats.url().replace("://", "://" + user + ":pw@"))
        .name(user)
        .callTimeout(Duration.ofSeconds(10))
        .storeTimeout(Duration.ofSeconds(2))
        .build();
  }

  private static void assertDenied(ThrowingCallable action, String subject) {
    assertThatThrownBy(action)
        .isInstanceOfSatisfying(
            ServiceException.class,
            error -> {
              assertThat(error.code()).isEqualTo(ErrorCode.PERMISSION_DENIED);
              assertThat(error.origin()).isEqualTo(ErrorOrigin.CLIENT);
              assertThat(error.mayHaveExecuted()).isFalse();
              assertThat(error.message()).contains("\"" + subject + "\"");
            });
  }

  @Test
  @SuppressWarnings("deprecation") // any other method will do
  void aCallThatIsNotPermittedFailsAtOnceWithItsSubjectAndOpensNoBreaker() throws Exception {
    try (var host = ServiceHost.start(context -> context.serve(new TestEcho()), as("server"));
        var bus = Bus.connect(as("client"))) {
      assertThat(host.awaitReady(BOUND) && bus.awaitConnected(BOUND)).isTrue();
      var client = EchoClient.on(bus);
      long begin = System.nanoTime();
      for (int i = 0; i < 50; i++) {
        assertDenied(() -> client.echo(EchoRequest.newBuilder().setText("x").build()), ECHO);
      }
      assertThat(Duration.ofNanos(System.nanoTime() - begin))
          .as("50 refusals, where one timeout takes 10 s")
          .isLessThan(Duration.ofSeconds(9));
      assertThat(client.put(PutRequest.newBuilder().setKey("k").build()).getAttempts())
          .isEqualTo(1);
    }
  }

  @Test
  void aServiceThatMayNotServeIsNotReadyAndSaysWhichSubject() throws Exception {
    try (var host = ServiceHost.start(context -> context.serve(new TestEcho()), as("client"))) {
      Await.until(
          BOUND,
          "readiness to name the subject",
          () ->
              reasons(host).contains("not permitted to listen on svc.echo.v1.")
                  && reasons(host).contains(ECHO));
      assertThat(host.isReady()).isFalse();
    }
  }

  @Test
  void servesAfterItWasPermitted() throws Exception {
    String without =
        "{ publish: [\"_INBOX.>\"], subscribe: [\"_INBOX.server.>\", \"$SRV.>\", \"svc.echo.v1.ping\"] }";
    try (var own = NatsServer.builder().config(config(without)).start()) {
      var config =
          RunningEcho.config(own.url().replace("://", "://server:pw@")).name("server").build();
      try (var host = ServiceHost.start(context -> context.serve(new TestEcho()), config)) {
        Await.until(BOUND, "readiness to name it", () -> reasons(host).contains("not permitted"));
        own.reload(config(SERVER_MAY));
        assertThat(host.awaitReady(BOUND)).isTrue();
      }
    }
  }

  @Test
  void aStoreThatIsNotPermittedSaysSo() throws Exception {
    try (var bus = Bus.connect(as("client"));
        var stores =
            new DurableStores(
                () -> bus.connections().connection(ConnectionRole.STORE).require(),
                1,
                Duration.ofSeconds(2))) {
      assertThat(bus.connections().connection(ConnectionRole.STORE).awaitUp(BOUND)).isTrue();
      var store = stores.open("private", EchoRequest.getDefaultInstance());
      assertDenied(() -> store.get("key"), "$JS.API.STREAM.INFO.KV_private");
    }
  }

  @Test
  void aStoreThatMayOnlyBeReadFailsAtOnceWhenItIsWritten() throws Exception {
    String users =
        """
        authorization { users: [
          { user: all, password: pw }
          { user: reader, password: pw, permissions: {
              publish: ["$JS.API.STREAM.INFO.KV_public", "$JS.API.STREAM.MSG.GET.KV_public"]
              subscribe: ["_INBOX.reader.>"] } } ] }
        """;
    try (var own = NatsServer.builder().config(users).start()) {
      put(own, "all");
      assertDenied(() -> put(own, "reader"), "$KV.public.key");
    }
  }

  private static String reasons(ServiceHost host) throws Exception {
    try (var pages = new HealthPages(host)) {
      return pages.reasons();
    }
  }

  private static void put(NatsServer own, String user) throws InterruptedException {
    var config = BusConfig.builder().name(user);
    var url = own.url().replace("://", "://" + user + ":pw@");
    try (var bus = Bus.connect(config.natsUrls(List.of(url)).build());
        var stores =
            new DurableStores(
                () -> bus.connections().connection(ConnectionRole.STORE).require(),
                1,
                Duration.ofSeconds(5))) {
      assertThat(bus.connections().connection(ConnectionRole.STORE).awaitUp(BOUND)).isTrue();
      stores
          .open("public", EchoRequest.getDefaultInstance())
          .put("key", EchoRequest.newBuilder().setText("x").build());
    }
  }
}
