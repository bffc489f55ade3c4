package io.bodybroker.permissions;

import static org.assertj.core.api.Assertions.assertThat;

import io.bodybroker.cli.Bb;
import io.bodybroker.cli.Operators;
import io.bodybroker.cli.permissions.Grant;
import io.bodybroker.cli.permissions.Grants;
import io.bodybroker.cli.permissions.NatsAuthorization;
import io.bodybroker.cli.permissions.NatsAuthorization.Proof;
import io.bodybroker.gateway.Gateway;
import io.bodybroker.gateway.config.GatewayConfig;
import io.bodybroker.sdk.Bus;
import io.bodybroker.sdk.config.BusConfig;
import io.bodybroker.sdk.host.ServiceHost;
import io.bodybroker.sdk.host.ServiceModule;
import io.bodybroker.sdk.rpc.ServiceContract;
import io.bodybroker.sdk.stream.StreamCatalog;
import io.bodybroker.testkit.Await;
import io.bodybroker.testkit.JavaProgram;
import io.bodybroker.testkit.NatsServer;
import io.bodybroker.testkit.RedisServer;
import io.nats.client.Connection;
import io.nats.client.ErrorListener;
import io.nats.client.Nats;
import io.nats.client.Options;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The whole game on a server that permits what `bb permissions` says and nothing else. */
class PermittedSystemTest {
  private static final Duration BOUND = Duration.ofSeconds(60);
  private static final Deque<AutoCloseable> OPENED = new ArrayDeque<>();

  private static String natsUrl = "";
  private static String gatewayUrl = "";
  private static String redisUrl = "";
  private static String token = "";

  @BeforeAll
  static void start() throws Exception {
    List<Grant> grants =
        new Grants(ServiceContract.onClassPath(), StreamCatalog.onClassPath()).all();
    String passwords =
        grants.stream()
            .map(grant -> grant.variable("PASSWORD") + ": \"pw-" + grant.user() + "\"\n")
            .collect(Collectors.joining());
    NatsServer nats =
        open(
            NatsServer.builder()
                .config(passwords + NatsAuthorization.of(grants, Proof.PASSWORD))
                .start());
    natsUrl = nats.url();
    redisUrl = open(RedisServer.start()).url();
    assertThat(bb("streams", "apply")).contains("as declared");
    for (ServiceModule module : ServiceLoader.load(ServiceModule.class)) {
      String name = ConfiguredModule.of(module).contract().name();
      ServiceHost host = open(ServiceHost.start(module, config(name)));
      assertThat(host.awaitReady(BOUND)).as(name).isTrue();
    }
    Bus bus = open(Bus.connect(config(Grants.GATEWAY)));
    assertThat(bus.awaitConnected(BOUND)).isTrue();
    Gateway gateway =
        open(Gateway.start(bus, GatewayConfig.builder().host("127.0.0.1").port(0).build()));
    gatewayUrl = "http://127.0.0.1:" + gateway.port();
    token = Operators.token(bus);
  }

  private static <T extends AutoCloseable> T open(T opened) {
    OPENED.push(opened);
    return opened;
  }

  @AfterAll
  static void stop() throws Exception {
    while (!OPENED.isEmpty()) {
      OPENED.pop().close();
    }
  }

  private static String url(String user) {
    return natsUrl.replace("://", "://" + user + ":pw-" + user + "@");
  }

  private static BusConfig config(String user) {
    return BusConfig.builder()
        .name(user)
        .natsUrls(List.of(url(user)))
        .redisUrl(redisUrl)
        .healthHost("127.0.0.1")
        .healthPort(0)
        .build();
  }

  private static String bb(String... words) {
    try (JavaProgram program = Bb.run(Map.of("NATS_URL", url(Grants.OPERATOR)), words)) {
      assertThat(program.awaitEnd()).as(program.output()).isZero();
      return program.output();
    }
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    try (var http = HttpClient.newHttpClient()) {
      return http.send(request.build(), BodyHandlers.ofString());
    }
  }

  private static HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(URI.create(gatewayUrl + path));
  }

  @Test
  void everythingWorksThroughTheGateway() throws Exception {
    assertThat(send(to("/v1/worlds/permitted/time")).statusCode()).isEqualTo(200);
    assertThat(send(to("/v1/worlds/permitted/weather")).statusCode()).isEqualTo(200);
    var put =
        to("/v1/players/permitted/state")
            .header("Content-Type", "application/json")
            .header("Authorization", "Bearer " + token)
            .PUT(BodyPublishers.ofString("{\"state\": {\"gold\": 1}, \"mode\": \"MERGE\"}"));
    assertThat(send(put).statusCode()).isEqualTo(200);
    assertThat(send(to("/v1/players/permitted/state")).body()).contains("gold");
  }

  @Test
  void aStreamComesThroughTheGateway() throws Exception {
    try (var http = HttpClient.newHttpClient()) {
      var request =
          to("/v1/worlds/permitted/weather/changes")
              .header("Accept", "application/x-ndjson")
              .build();
      var stream = http.send(request, BodyHandlers.ofLines());
      try (var lines = stream.body()) {
        assertThat(lines.findFirst()).isPresent();
      }
      http.shutdownNow();
    }
  }

  @Test
  void eventsOfChangesReachTheirStream() throws Exception {
    var put =
        to("/v1/players/eventful/state")
            .header("Content-Type", "application/json")
            .header("Authorization", "Bearer " + token)
            .PUT(BodyPublishers.ofString("{\"state\": {\"gold\": 2}, \"mode\": \"MERGE\"}"));
    assertThat(send(put).statusCode()).isEqualTo(200);
    try (var operator = connect(Grants.OPERATOR, new ConcurrentLinkedQueue<>())) {
      Await.until(
          BOUND,
          "an event of the state manager's",
          () ->
              operator
                      .jetStreamManagement()
                      .getStreamInfo(
                          "WORLD_EVENTS",
                          io.nats.client.api.StreamInfoOptions.filterSubjects("evt.state.>"))
                      .getStreamState()
                      .getSubjectMap()
                      .size()
                  > 0);
    }
  }

  @Test
  void eventsOfTheBusAreTakenForSubscribersAndRead() throws Exception {
    var body =
        """
        {"subscriberId": "permitted", "eventPatterns": ["permitted.>"],
         "callbackSubject": "callback.permitted"}
        """;
    var made = asOperator("POST", "/v1/subscriptions", body);
    String id = made.replaceAll("(?s).*\"subscriptionId\": *\"([^\"]+)\".*", "$1");
    assertThat(id).matches("[0-9a-f]+");
    asOperator("PUT", "/v1/events/permitted-1", "{\"eventType\": \"permitted.storm\"}");
    assertThat(asOperator("GET", "/v1/event-types/permitted.storm/history", ""))
        .contains("permitted-1");
    try (var operator = connect(Grants.OPERATOR, new ConcurrentLinkedQueue<>())) {
      // Nobody listens, so it is taken and kept.
      var management = operator.jetStreamManagement();
      Await.until(
          BOUND,
          "the event to be taken",
          () ->
              management.getConsumers("BUS_EVENTS").stream()
                  .anyMatch(each ->
                      each.getName().startsWith("sub-" + id) && each.getNumAckPending() == 1));
      assertThat(asOperator("DELETE", "/v1/subscriptions/" + id, "")).contains("true");
      Await.until(
          BOUND,
          "its consumers to be removed",
          () ->
              management.getConsumerNames("BUS_EVENTS").stream()
                  .noneMatch(each -> each.startsWith("sub-" + id)));
    }
  }

  private static String asOperator(String method, String path, String body) throws Exception {
    var request = to(path).header("Authorization", "Bearer " + token);
    if (!body.isEmpty()) {
      request.header("Content-Type", "application/json");
    }
    var response = send(request.method(method, BodyPublishers.ofString(body)));
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return response.body();
  }

  @Test
  void theOperatorSeesServicesStreamsAndDeadLettersAndCalls() {
    assertThat(bb("services")).contains("weather-manager", "time-manager", "state-manager");
    assertThat(bb("streams")).contains("WORLD_EVENTS").doesNotContain("missing");
    assertThat(bb("dlq", "ls")).isNotNull();
    assertThat(bb("call", "time-manager", "GetTime", "{\"worldId\": \"permitted\"}"))
        .contains("permitted");
  }

  @ParameterizedTest
  @CsvSource({
    "weather-manager, svc.state-manager.v1.get_state",
    "weather-manager, svc.time-manager.v1.set_time",
    "weather-manager, $KV.state.x",
    "weather-manager, $JS.API.STREAM.MSG.GET.KV_state",
    "weather-manager, $JS.API.STREAM.CREATE.KV_weather",
    "weather-manager, $JS.API.STREAM.DELETE.KV_weather",
    "weather-manager, $JS.API.STREAM.PURGE.WORLD_EVENTS",
    "weather-manager, evt.time.hour.changed.v1",
    "weather-manager, dlq.state-manager.x",
    "weather-manager, _INBOX.state-manager.x",
    "time-manager, svc.weather-manager.v1.get_weather",
    "time-manager, evt.weather.changed.v1",
    "time-manager, $KV.weather.x",
    "time-manager, $JS.API.CONSUMER.CREATE.WORLD_EVENTS.x",
    "state-manager, svc.time-manager.v1.get_time",
    "state-manager, $KV.time-worlds.x",
    "state-manager, $KV.feeds.weather",
    "gateway, $KV.state.x",
    "gateway, evt.weather.changed.v1",
    "gateway, $JS.API.STREAM.INFO.KV_state",
    "gateway, _INBOX.bb.x",
    "event-bus, evt.weather.changed.v1",
    "event-bus, $JS.API.CONSUMER.CREATE.WORLD_EVENTS.x",
    "event-bus, $JS.API.CONSUMER.DELETE.DLQ_ADVISORIES.x",
    "event-bus, $JS.API.STREAM.PURGE.BUS_EVENTS",
    "event-bus, svc.weather-manager.v1.get_weather",
    "bb, evt.weather.changed.v1",
  })
  void publishingAnythingElseIsRefused(String user, String subject) throws Exception {
    var remarks = new ConcurrentLinkedQueue<String>();
    try (Connection connection = connect(user, remarks)) {
      connection.publish(subject, new byte[0]);
      awaitRefusal(remarks, "Permissions Violation for Publish to \"" + subject + "\"");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "weather-manager, svc.state-manager.v1.get_state, svc-state-manager-workers",
    "weather-manager, svc.weather-manager.v1.get_weather, another-group",
    "weather-manager, svc.weather-manager.v1.get_weather, ''",
    "weather-manager, svc.>, ''",
    "weather-manager, evt.>, ''",
    "weather-manager, _INBOX.>, ''",
    "weather-manager, _INBOX.gateway.>, ''",
    "time-manager, _INBOX.weather-manager.>, ''",
    "time-manager, $SRV.INFO.weather-manager, ''",
    "state-manager, $KV.>, ''",
    "gateway, svc.weather-manager.v1.get_weather, svc-weather-manager-workers",
    "gateway, _INBOX.bb.>, ''",
    "bb, svc.>, ''",
    "bb, >, ''",
  })
  void listeningAnywhereElseIsRefused(String user, String subject, String group) throws Exception {
    var remarks = new ConcurrentLinkedQueue<String>();
    try (Connection connection = connect(user, remarks)) {
      var listener = connection.createDispatcher(message -> {});
      if (group.isEmpty()) {
        listener.subscribe(subject);
      } else {
        listener.subscribe(subject, group);
      }
      awaitRefusal(remarks, "Permissions Violation for Subscription to \"" + subject + "\"");
    }
  }

  private static void awaitRefusal(ConcurrentLinkedQueue<String> remarks, String wanted) {
    Await.until(
        BOUND, wanted, () -> remarks.stream().anyMatch(remark -> remark.startsWith(wanted)));
  }

  private static Connection connect(String user, ConcurrentLinkedQueue<String> remarks)
      throws Exception {
    return Nats.connect(
        Options.builder()
            .server(url(user))
            .inboxPrefix("_INBOX." + user + ".")
            .errorListener(
                new ErrorListener() {
                  @Override
                  public void errorOccurred(Connection connection, String error) {
                    remarks.add(error);
                  }
                })
            .build());
  }
}
