package io.bodybroker.game;

import static org.assertj.core.api.Assertions.assertThat;

import io.bodybroker.bodybrokerintegration.v1.BodyBrokerIntegrationClient;
import io.bodybroker.bodybrokerintegration.v1.BodyPart;
import io.bodybroker.bodybrokerintegration.v1.CompleteDealRequest;
import io.bodybroker.bodybrokerintegration.v1.Deal;
import io.bodybroker.bodybrokerintegration.v1.DealPart;
import io.bodybroker.bodybrokerintegration.v1.DealState;
import io.bodybroker.bodybrokerintegration.v1.Family;
import io.bodybroker.bodybrokerintegration.v1.GetDealRequest;
import io.bodybroker.bodybrokerintegration.v1.HarvestRequest;
import io.bodybroker.bodybrokerintegration.v1.HarvestTool;
import io.bodybroker.bodybrokerintegration.v1.KillMethod;
import io.bodybroker.bodybrokerintegration.v1.ListPartsRequest;
import io.bodybroker.bodybrokerintegration.v1.NegotiateRequest;
import io.bodybroker.bodybrokerintegration.v1.PartState;
import io.bodybroker.bodybrokerintegration.v1.PartType;
import io.bodybroker.bodybrokerintegration.v1.RecordKillRequest;
import io.bodybroker.payment.v1.Currency;
import io.bodybroker.payment.v1.GetBalanceRequest;
import io.bodybroker.payment.v1.PaymentClient;
import io.bodybroker.sdk.Bus;
import io.bodybroker.sdk.config.BusConfig;
import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.sdk.rpc.CallOptions;
import io.bodybroker.testkit.Await;
import io.bodybroker.testkit.NatsServer;
import io.bodybroker.testkit.RedisServer;
import io.bodybroker.testkit.TestServers;
import io.bodybroker.worldstate.v1.ListEntitiesRequest;
import io.bodybroker.worldstate.v1.WorldStateClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Deals between services that are processes of their own, as in production, while each of them is
 * killed (SIGKILL): in the end every deal is made whole or not at all.
 */
@TestServers
@Tag("alone")
class DealSurvivesTest {
  private static final Duration BOUND = Duration.ofSeconds(90);
  private static final String WORLD = "veridian";
  private static final int PLAYERS = 4;
  private static final int DEALS_EACH = 10;

  /** Those that are killed, in this order; the broker at work on a deal is one of two. */
  private static final List<String> KILLED =
      List.of(
          "payment-1",
          "body-broker-integration-1",
          "world-state-1",
          "body-broker-integration-2",
          "event-bus-1",
          "body-broker-integration-1");

  private final SplittableRandom random = new SplittableRandom(23);
  private Troupe troupe;
  private Bus bus;
  private BodyBrokerIntegrationClient broker;

  @BeforeEach
  void start(NatsServer nats, RedisServer redis, @TempDir Path logs) throws InterruptedException {
    troupe = new Troupe(nats, redis, logs);
    var all =
        List.of(
            "time-manager-1",
            "payment-1",
            "world-state-1",
            "event-bus-1",
            "body-broker-integration-1",
            "body-broker-integration-2");
    troupe.start(all);
    all.forEach(troupe::awaitReady);
    bus =
        Bus.connect(
            BusConfig.builder()
                .name("players")
                .natsUrls(List.of(nats.url()))
                .redisUrl(redis.url())
                .build());
    assertThat(bus.awaitConnected(BOUND)).isTrue();
    broker =
        BodyBrokerIntegrationClient.on(bus).withOptions(CallOptions.timeout(Duration.ofSeconds(5)));
  }

  @AfterEach
  void stop() {
    bus.close();
    troupe.close();
  }

  private static String player(int number) {
    return "player-" + number;
  }

  /** A deal on offer: two eyes for hive nectar. */
  private Deal offered(String player, String target) {
    broker.recordKill(
        RecordKillRequest.newBuilder()
            .setPlayerId(player)
            .setWorldId(WORLD)
            .setTargetId(target)
            .setMethod(KillMethod.POISON_KILL)
            .setCreature("human")
            .build());
    var parts =
        broker
            .harvest(
                HarvestRequest.newBuilder()
                    .setPlayerId(player)
                    .setWorldId(WORLD)
                    .setTargetId(target)
                    .addParts(PartType.EYE)
                    .addParts(PartType.EYE)
                    .setTool(HarvestTool.STANDARD)
                    .build())
            .getPartsList();
    return broker
        .negotiate(
            NegotiateRequest.newBuilder()
                .setPlayerId(player)
                .setFamily(Family.CHATTER_SWARM)
                .addAllPartIds(parts.stream().map(BodyPart::getPartId).toList())
                .build())
        .getDeal();
  }

  /** Asks until the deal has ended, whatever the answers are. */
  private void complete(Deal deal) {
    var request =
        CompleteDealRequest.newBuilder()
            .setPlayerId(deal.getPlayerId())
            .setDealId(deal.getDealId())
            .build();
    Await.until(
        BOUND,
        deal.getPlayerId() + "/" + deal.getDealId() + " to end",
        () -> {
          try {
            return isEnded(broker.completeDeal(request).getDeal());
          } catch (ServiceException e) {
            return false;
          }
        });
  }

  private static boolean isEnded(Deal deal) {
    return deal.getState() == DealState.COMPLETED || deal.getState() == DealState.FAILED;
  }

  @Test
  void whoeverIsKilled() throws Exception {
    var deals = new ArrayList<Deal>();
    for (int player = 0; player < PLAYERS; player++) {
      for (int i = 0; i < DEALS_EACH; i++) {
        deals.add(offered(player(player), "target-" + player + "-" + i));
      }
    }
    int left = KILLED.size();

    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var rest = new ArrayList<>(deals);
      for (String instance : KILLED) {
        // Some deals are on their way when it is killed, at whatever moment; others begin without
        // it.
        int share = rest.size() / left-- / 2;
        begin(rest, share, threads);
        awaitChance(deals);
        troupe.kill(instance);
        begin(rest, share, threads);
        troupe.start(List.of(instance));
        troupe.awaitReady(instance);
      }
    }

    deals.forEach(this::complete);
    assertWhole(deals);
    assertThat(deals.stream().flatMap(deal -> now(deal).getStepsList().stream()))
        .as("what was killed was missed")
        .anyMatch(step -> step.getAttempts() > 1);
  }

  private void begin(List<Deal> rest, int share, Executor threads) {
    var begun = rest.subList(0, share);
    begun.forEach(deal -> threads.execute(() -> complete(deal)));
    begun.clear();
  }

  /** Until a few reads have gone by: how many is left to chance. */
  private void awaitChance(List<Deal> deals) {
    int looks = 1 + random.nextInt(15);
    for (int i = 0; i < looks; i++) {
      now(deals.get(random.nextInt(deals.size())));
    }
  }

  private Deal now(Deal deal) {
    return broker
        .getDeal(
            GetDealRequest.newBuilder()
                .setPlayerId(deal.getPlayerId())
                .setDealId(deal.getDealId())
                .build())
        .getDeal();
  }

  private void assertWhole(List<Deal> deals) {
    var ended = deals.stream().map(this::now).toList();
    var completed = ended.stream().filter(deal -> deal.getState() == DealState.COMPLETED).toList();
    assertThat(ended).allMatch(DealSurvivesTest::isEnded);
    assertThat(completed).as("nobody refused anything").hasSameSizeAs(deals);
    for (int i = 0; i < PLAYERS; i++) {
      var player = player(i);
      var own = completed.stream().filter(deal -> deal.getPlayerId().equals(player)).toList();
      assertThat(balance(player))
          .as("what %s was paid", player)
          .isEqualTo(own.stream().mapToLong(deal -> deal.getPayment().getQuantity()).sum());
      var sold =
          own.stream()
              .flatMap(deal -> deal.getPartsList().stream())
              .map(DealPart::getPartId)
              .toList();
      var held = parts(player);
      assertThat(sold).doesNotHaveDuplicates().hasSize(2 * DEALS_EACH - held.size());
      assertThat(held).allMatch(part -> part.getState() != PartState.RESERVED);
    }
    assertThat(deliveries()).isEqualTo(completed.size());
  }

  private long balance(String player) {
    return PaymentClient.on(bus)
        .getBalance(
            GetBalanceRequest.newBuilder()
                .setPlayerId(player)
                .setCurrency(Currency.HIVE_NECTAR)
                .build())
        .getBalance();
  }

  private List<BodyPart> parts(String player) {
    return broker
        .listParts(
            ListPartsRequest.newBuilder()
                .setPlayerId(player)
                .setPageSize(200)
                .setIncludeDecayed(true)
                .build())
        .getPartsList();
  }

  private int deliveries() {
    return WorldStateClient.on(bus)
        .listEntities(
            ListEntitiesRequest.newBuilder().setWorldId(WORLD).addAllTags("delivery").build())
        .getTotalSize();
  }
}
