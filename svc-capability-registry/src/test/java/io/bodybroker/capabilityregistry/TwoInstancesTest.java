package io.bodybroker.capabilityregistry;

import static io.bodybroker.sdk.testing.ServiceAssertions.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Duration;
import io.bodybroker.capabilityregistry.v1.Capability;
import io.bodybroker.capabilityregistry.v1.CapabilityMetrics;
import io.bodybroker.capabilityregistry.v1.CapabilityOffer;
import io.bodybroker.capabilityregistry.v1.CapabilityRegistryClient;
import io.bodybroker.capabilityregistry.v1.CapabilityRemoved;
import io.bodybroker.capabilityregistry.v1.CapabilityType;
import io.bodybroker.capabilityregistry.v1.DeregisterRequest;
import io.bodybroker.capabilityregistry.v1.EngineFeature;
import io.bodybroker.capabilityregistry.v1.FeatureCategory;
import io.bodybroker.capabilityregistry.v1.GetFeatureRequest;
import io.bodybroker.capabilityregistry.v1.GetRegistrationRequest;
import io.bodybroker.capabilityregistry.v1.HeartbeatRequest;
import io.bodybroker.capabilityregistry.v1.ListFeaturesRequest;
import io.bodybroker.capabilityregistry.v1.QueryCapabilitiesRequest;
import io.bodybroker.capabilityregistry.v1.RegisterRequest;
import io.bodybroker.capabilityregistry.v1.RegisterResponse;
import io.bodybroker.capabilityregistry.v1.Registration;
import io.bodybroker.capabilityregistry.v1.RemovalReason;
import io.bodybroker.capabilityregistry.v1.SuggestFeaturesRequest;
import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.testing.MovableTime;
import io.bodybroker.sdk.testing.RunningService;
import io.bodybroker.sdk.time.ProtoTimes;
import io.bodybroker.testkit.Await;
import io.bodybroker.testkit.NatsServer;
import io.bodybroker.testkit.TestServers;
import io.nats.client.Message;
import io.nats.client.PushSubscribeOptions;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.function.Executable;

/** Two instances over real servers, as in production, but for the clock, which a test moves. */
@TestServers
class TwoInstancesTest {
  private static final java.time.Duration BOUND = java.time.Duration.ofSeconds(20);

  private final MovableTime time = MovableTime.still();
  private final List<Message> events = new CopyOnWriteArrayList<>();
  private String service = "";
  private RunningService running;
  private CapabilityRegistryClient registry;

  @BeforeEach
  void start(NatsServer nats, TestInfo test) throws Exception {
    service = test.getTestMethod().orElseThrow().getName();
    running = RunningService.of(CapabilityRegistryModule::new).clock(time).start(nats);
    registry = CapabilityRegistryClient.on(running.bus());
    var observer = running.observer();
    observer
        .jetStream()
        .subscribe(
            "evt.capability.>",
            observer.createDispatcher(),
            events::add,
            false,
            PushSubscribeOptions.builder().ordered(true).build());
  }

  @AfterEach
  void stop() throws Exception {
    running.close();
  }

  private List<Message> told(String what) {
    return events.stream()
        .filter(event -> event.getSubject().equals("evt.capability." + what + ".v1"))
        .filter(event -> new String(event.getData(), StandardCharsets.UTF_8).contains(service))
        .toList();
  }

  private static Capability.Builder capability(String id, long millis, double cost) {
    return Capability.newBuilder()
        .setCapabilityId(id)
        .setType(CapabilityType.INFERENCE)
        .addSupportedModels("gold")
        .setCostMultiplier(cost)
        .setAverageLatency(ProtoTimes.duration(java.time.Duration.ofMillis(millis)));
  }

  private RegisterRequest.Builder request(String endpoint, Capability.Builder... capabilities) {
    var request = RegisterRequest.newBuilder().setServiceId(service).setEndpoint(endpoint);
    List.of(capabilities).forEach(request::addCapabilities);
    return request;
  }

  private RegisterResponse register(String endpoint, Capability.Builder... capabilities) {
    return registry.register(request(endpoint, capabilities).build());
  }

  private List<CapabilityOffer> query(QueryCapabilitiesRequest.Builder request) {
    return registry.queryCapabilities(request.setPageSize(500).build()).getOffersList().stream()
        .filter(offer -> offer.getServiceId().equals(service))
        .toList();
  }

  private void awaitOffers(String... ids) {
    for (int instance = 0; instance < 10; instance++) { // of whichever instance answers
      Await.untilAsserted(
          BOUND,
          "offers",
          () ->
              assertThat(query(QueryCapabilitiesRequest.newBuilder()))
                  .extracting(offer -> offer.getCapability().getCapabilityId())
                  .containsExactly(ids));
    }
  }

  private Registration get(String id) {
    return registry
        .getRegistration(GetRegistrationRequest.newBuilder().setRegistrationId(id).build())
        .getRegistration();
  }

  private static HeartbeatRequest heartbeat(String id) {
    return HeartbeatRequest.newBuilder().setRegistrationId(id).build();
  }

  @Test
  void keepALeaseAliveByHeartbeatsAndTellOnceThatItLapsed() throws Exception {
    var registered = register("a:1", capability("chat", 10, 1));
    var id = registered.getRegistrationId();
    assertThat(ProtoTimes.instant(registered.getExpiresAt()))
        .isEqualTo(time.instant().plusSeconds(300));
    assertThat(ProtoTimes.instant(registered.getNextHeartbeatAt()))
        .isEqualTo(time.instant().plusSeconds(100));
    time.pass(java.time.Duration.ofSeconds(299));
    registry.heartbeat(heartbeat(id));
    time.pass(java.time.Duration.ofSeconds(299));
    assertThat(get(id).getOnline()).isTrue();
    time.pass(java.time.Duration.ofSeconds(1));
    assertThat(get(id).getOnline()).isFalse();
    assertFails(ErrorCode.NOT_FOUND, () -> registry.heartbeat(heartbeat(id)));
    Await.until(BOUND, "the removal", () -> told("removed").size() == 1);
    var removed = CapabilityRemoved.parseFrom(told("removed").getFirst().getData());
    assertThat(removed.getReason()).isEqualTo(RemovalReason.LAPSED);
    assertThat(ProtoTimes.instant(removed.getRemovedAt())).isEqualTo(time.instant());
    assertThat(removed.getEndpoint()).isEqualTo("a:1");

    assertThat(register("a:1", capability("chat", 10, 1)).getRegistrationId()).isEqualTo(id);
    Await.until(BOUND, "both comings", () -> told("registered").size() == 2);
    assertThat(told("removed")).hasSize(1);
  }

  @Test
  void replaceWhatIsRegisteredAgain() {
    var first = register("a:1", capability("chat", 10, 1), capability("embed", 5, 1));
    var second = register("a:1", capability("chat", 20, 1));
    assertThat(second.getRegistrationId()).isEqualTo(first.getRegistrationId());
    awaitOffers("chat");
    assertThat(get(first.getRegistrationId()).getCapabilitiesList()).hasSize(1);
  }

  @Test
  void deregisterOnce() throws Exception {
    var id = register("a:1", capability("chat", 10, 1)).getRegistrationId();
    var request = DeregisterRequest.newBuilder().setRegistrationId(id).build();
    registry.deregister(request);
    assertFails(ErrorCode.NOT_FOUND, () -> registry.deregister(request));
    assertFails(ErrorCode.NOT_FOUND, () -> registry.heartbeat(heartbeat(id)));
    awaitOffers();
    Await.until(BOUND, "the removal", () -> told("removed").size() == 1);
    assertThat(CapabilityRemoved.parseFrom(told("removed").getFirst().getData()).getReason())
        .isEqualTo(RemovalReason.DEREGISTERED);
    assertThat(query(QueryCapabilitiesRequest.newBuilder().setIncludeOffline(true)))
        .extracting(CapabilityOffer::getOnline)
        .containsExactly(false);
  }

  @Test
  void forgetWhatIsOfflineForADay() {
    var id = register("a:1", capability("chat", 10, 1)).getRegistrationId();
    registry.deregister(DeregisterRequest.newBuilder().setRegistrationId(id).build());
    time.pass(java.time.Duration.ofDays(1).minusSeconds(1));
    assertThat(get(id).getOnline()).isFalse();
    time.pass(java.time.Duration.ofSeconds(1));
    Await.untilAsserted(BOUND, "forgotten", () -> assertFails(ErrorCode.NOT_FOUND, () -> get(id)));
  }

  @Test
  void findWhoCanDoItTheFastestAndCheapestFirst() {
    register("a:1", capability("b-slow", 30, 1), capability("a-fast", 10, 2));
    var other =
        register(
            "b:1",
            capability("c-cheap", 10, 0.5).putParameters("language", "fr"),
            capability("d-image", 5, 9).setType(CapabilityType.GENERATION).clearSupportedModels());
    awaitOffers("d-image", "c-cheap", "a-fast", "b-slow");
    assertFound(
        QueryCapabilitiesRequest.newBuilder().setType(CapabilityType.INFERENCE),
        "c-cheap",
        "a-fast",
        "b-slow");
    assertFound(
        QueryCapabilitiesRequest.newBuilder().setModel("gold").setMaxCost(1), "c-cheap", "b-slow");
    assertFound(
        QueryCapabilitiesRequest.newBuilder()
            .setMaxLatency(ProtoTimes.duration(java.time.Duration.ofMillis(10)))
            .setModel("gold"),
        "c-cheap",
        "a-fast");
    assertFound(QueryCapabilitiesRequest.newBuilder().putParameters("language", "fr"), "c-cheap");
    assertFound(QueryCapabilitiesRequest.newBuilder().putParameters("language", "de"));
    registry.heartbeat(
        heartbeat(other.getRegistrationId()).toBuilder()
            .addMetrics(
                CapabilityMetrics.newBuilder()
                    .setCapabilityId("c-cheap")
                    .setAverageLatency(Duration.newBuilder().setSeconds(1)))
            .build());
    awaitOffers("d-image", "a-fast", "b-slow", "c-cheap");

    var seen = new ArrayList<String>();
    var page = QueryCapabilitiesRequest.newBuilder().setPageSize(1);
    do {
      var answer = registry.queryCapabilities(page.build());
      assertThat(answer.getOffersCount()).isEqualTo(1);
      if (answer.getOffers(0).getServiceId().equals(service)) {
        seen.add(answer.getOffers(0).getCapability().getCapabilityId());
      }
      page.setPageToken(answer.getNextPageToken());
    } while (!page.getPageToken().isEmpty());
    assertThat(seen).containsExactly("d-image", "a-fast", "b-slow", "c-cheap");
  }

  private void assertFound(QueryCapabilitiesRequest.Builder request, String... ids) {
    assertThat(query(request))
        .extracting(offer -> offer.getCapability().getCapabilityId())
        .containsExactly(ids);
  }

  /** About 18 kB, and slower than all others. */
  private static Capability.Builder large(String id) {
    var large = capability(id, 3_000_000, 1);
    for (int i = 0; i < 63; i++) {
      large.addSupportedModels("m".repeat(125) + (100 + i));
    }
    for (int i = 0; i < 32; i++) {
      large.putParameters("p".repeat(60) + (10 + i), "v".repeat(256));
    }
    return large;
  }

  @Test
  void answerNoMoreThanFitsIntoAMessage() {
    for (int i = 0; i < 12; i++) {
      register("large:" + i, large("x"), large("y"), large("z"));
    }
    Await.until(
        BOUND,
        "all known to both instances",
        () -> IntStream.range(0, 10).allMatch(i -> largeOffers().size() == 36));

    var first = registry.queryCapabilities(largeQuery("").build());
    var second = registry.queryCapabilities(largeQuery(first.getNextPageToken()).build());

    assertThat(first.getNextPageToken()).isNotEmpty();
    assertThat(first.getSerializedSize()).isBetween(400_000, 600_000);
    assertThat(first.getOffersCount() + second.getOffersCount()).isEqualTo(36);
    assertThat(second.getNextPageToken()).isEmpty();
  }

  private static QueryCapabilitiesRequest.Builder largeQuery(String pageToken) {
    return QueryCapabilitiesRequest.newBuilder()
        .setModel("m".repeat(125) + 100)
        .setPageSize(500)
        .setPageToken(pageToken);
  }

  /** Of all pages. */
  private List<CapabilityOffer> largeOffers() {
    var found = new ArrayList<CapabilityOffer>();
    var page = largeQuery("");
    do {
      var answer = registry.queryCapabilities(page.build());
      found.addAll(answer.getOffersList());
      page.setPageToken(answer.getNextPageToken());
    } while (!page.getPageToken().isEmpty());
    return found;
  }

  @Test
  void listFeaturesPageByPageAndSuggestSome() {
    var seen = new ArrayList<EngineFeature>();
    var page =
        ListFeaturesRequest.newBuilder().setCategory(FeatureCategory.RENDERING).setPageSize(2);
    do {
      var answer = registry.listFeatures(page.build());
      assertThat(answer.getVersion().getVersion()).isEqualTo("5.6.1");
      seen.addAll(answer.getFeaturesList());
      page.setPageToken(answer.getNextPageToken());
    } while (!page.getPageToken().isEmpty());
    assertThat(seen)
        .extracting(EngineFeature::getFeatureId)
        .contains("lumen", "nanite")
        .doesNotHaveDuplicates()
        .isSorted();
    assertThat(
            registry
                .suggestFeatures(SuggestFeaturesRequest.newBuilder().setScene("a cave").build())
                .getSuggestionsList())
        .hasSize(1);
    assertFails(
        ErrorCode.NOT_FOUND,
        () -> registry.getFeature(GetFeatureRequest.newBuilder().setFeatureId("none").build()));
  }

  @Test
  void nameEachFieldThatIsWrong() {
    var good = request("a:1", capability("chat", 10, 1));
    assertNames(
        "service_id", "letters", () -> registry.register(good.clone().clearServiceId().build()));
    assertNames(
        "endpoint", "visible", () -> registry.register(good.clone().setEndpoint("a b").build()));
    assertNames(
        "capabilities",
        "at least one",
        () -> registry.register(good.clone().clearCapabilities().build()));
    wrong("capabilities[0].capability_id", "letters", capability("a b", 10, 1));
    wrong("capabilities[0].type", "INFERENCE", capability("chat", 10, 1).clearType());
    wrong(
        "capabilities[0].supported_models[0]",
        "1 to 128",
        capability("chat", 10, 1).setSupportedModels(0, ""));
    wrong(
        "capabilities[0].parameters",
        "names of 1 to 64",
        capability("chat", 10, 1).putParameters("", "x"));
    wrong(
        "capabilities[0].parameters[x]",
        "at most 256",
        capability("chat", 10, 1).putParameters("x", "x".repeat(257)));
    wrong("capabilities[0].cost_multiplier", "0 to 1000", capability("chat", 10, -1));
    wrong(
        "capabilities[0].average_latency",
        "Duration",
        capability("chat", 10, 1).clearAverageLatency());
    wrong("capabilities[0].average_latency", "0s to 3600s", capability("chat", -1, 1));
    wrong("capabilities[0].average_latency", "0s to 3600s", capability("chat", 3_600_001, 1));
    wrong(
        "capabilities[0].average_latency",
        "0s to 3600s",
        capability("chat", 1, 1)
            .setAverageLatency(Duration.newBuilder().setSeconds(Long.MAX_VALUE)));
    assertNames(
        "capabilities[1].capability_id",
        "once",
        () ->
            registry.register(
                request("a:1", capability("chat", 1, 1), capability("chat", 2, 1)).build()));
    assertNames(
        "capabilities",
        "at most 65536 bytes",
        () ->
            registry.register(
                request("a:1", large("1"), large("2"), large("3"), large("4")).build()));
    assertNames(
        "metadata",
        "names of 1 to 64",
        () -> registry.register(good.clone().putMetadata("", "x").build()));
    var id = registry.register(good.build()).getRegistrationId();
    var figures =
        CapabilityMetrics.newBuilder()
            .setCapabilityId("other")
            .setAverageLatency(Duration.newBuilder());
    assertNames(
        "metrics[0].capability_id",
        "one of [chat]",
        () -> registry.heartbeat(heartbeat(id).toBuilder().addMetrics(figures).build()));
    assertNames("registration_id", "letters", () -> registry.heartbeat(heartbeat("")));
    assertNames("registration_id", "letters", () -> get("a b"));
    var query = QueryCapabilitiesRequest.newBuilder();
    assertNames(
        "type",
        "CapabilityType",
        () -> registry.queryCapabilities(query.clone().setTypeValue(99).build()));
    assertNames(
        "max_cost",
        "0 to 1000",
        () -> registry.queryCapabilities(query.clone().setMaxCost(-1).build()));
    assertNames(
        "max_latency",
        "0s to 3600s",
        () ->
            registry.queryCapabilities(
                query.clone().setMaxLatency(Duration.newBuilder().setSeconds(-1)).build()));
    assertNames(
        "page_size",
        "1 to 500",
        () -> registry.queryCapabilities(query.clone().setPageSize(0).build()));
    assertNames(
        "page_token",
        "next_page_token",
        () -> registry.queryCapabilities(query.clone().setPageToken("x").build()));
    var list = ListFeaturesRequest.newBuilder();
    assertNames(
        "version", "numbers", () -> registry.listFeatures(list.clone().setVersion("five").build()));
    assertNames(
        "category",
        "FeatureCategory",
        () -> registry.listFeatures(list.clone().setCategoryValue(99).build()));
    assertNames(
        "page_size",
        "1 to 100",
        () -> registry.listFeatures(list.clone().setPageSize(101).build()));
    assertNames(
        "scene",
        "text",
        () -> registry.suggestFeatures(SuggestFeaturesRequest.getDefaultInstance()));
    assertNames(
        "feature_id",
        "lower-case",
        () -> registry.getFeature(GetFeatureRequest.newBuilder().setFeatureId("A").build()));
    assertFails(
        ErrorCode.NOT_FOUND, () -> registry.listFeatures(list.clone().setVersion("4.27").build()));
  }

  private void wrong(String field, String expected, Capability.Builder capability) {
    assertNames(field, expected, () -> registry.register(request("a:1", capability).build()));
  }

  private static void assertNames(String field, String expected, Executable call) {
    var error = assertFails(ErrorCode.INVALID_ARGUMENT, call);
    assertThat(error.fieldViolations()).as(error.message()).hasSize(1);
    assertThat(error.fieldViolations().getFirst().field()).isEqualTo(field);
    assertThat(error.fieldViolations().getFirst().expected()).contains(expected);
  }
}
