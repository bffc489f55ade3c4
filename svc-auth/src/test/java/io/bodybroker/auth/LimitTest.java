package io.bodybroker.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.bodybroker.auth.v1.RateClass;
import io.bodybroker.auth.v1.Role;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class LimitTest {
  private static final Caller PLAYER = new Caller.Player("ada");
  private static final Caller ADDRESS = new Caller.Address("192.0.2.1");

  @ParameterizedTest
  @CsvSource({
    "quest,      list,   AUTHENTICATED,    500, PUBLIC_READ,      200",
    "quest,      GET,    AUTHENTICATED,    500, PUBLIC_READ,      200",
    "world/zone, watch,  AUTHENTICATED,    500, PUBLIC_READ,      200",
    "state,      query,  AUTHENTICATED,    500, PUBLIC_READ,      200",
    "state,      read,   AUTHENTICATED,    500, PUBLIC_READ,      200",
    "quest,      accept, DEFAULT,          100, PUBLIC_WRITE,      50",
    "quest,      '',     DEFAULT,          100, DEFAULT,          100",
    "ai/infer,   create, AI_GENERATION,     10, AI_GENERATION,     10",
    "ai,         list,   AI_GENERATION,     10, AI_GENERATION,     10",
    "air,        list,   AUTHENTICATED,    500, PUBLIC_READ,      200",
    "knowledge,  search, KNOWLEDGE_SEARCH,  30, KNOWLEDGE_SEARCH,  30",
    "knowledge/concepts, create, KNOWLEDGE_WRITE, 10, KNOWLEDGE_WRITE, 10",
    "knowledge,  get,    AUTHENTICATED,    500, PUBLIC_READ,      200",
    "knowledge,  '',     DEFAULT,          100, DEFAULT,          100",
  })
  void isThatOfTheTable(
      String resource,
      String action,
      RateClass forPlayers,
      int players,
      RateClass forAddresses,
      int addresses) {
    assertThat(Limit.of(PLAYER, List.of(), resource, action))
        .isEqualTo(new Limit(forPlayers, players));
    assertThat(Limit.of(ADDRESS, List.of(), resource, action))
        .isEqualTo(new Limit(forAddresses, addresses));
  }

  @Test
  void isWiderForOperatorsAndServicesButForModels() {
    for (var role : List.of(Role.OPERATOR, Role.SERVICE)) {
      assertThat(Limit.of(PLAYER, List.of(role), "quest", "accept"))
          .isEqualTo(new Limit(RateClass.ADMIN, 1000));
      assertThat(Limit.of(PLAYER, List.of(role), "ai/infer", "create").perMinute()).isEqualTo(10);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = RateClass.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"RATE_CLASS_UNSPECIFIED", "UNRECOGNIZED"})
  void isMoreThanNothingForEachClass(RateClass rateClass) {
    assertThat(Limit.of(rateClass).perMinute()).isPositive();
  }

  @Test
  void holdsForMinutesOfUtc() {
    var last = Instant.parse("2026-11-23T12:00:59.999999999Z");
    assertThat(Window.at(last).end()).isEqualTo("2026-11-23T12:01:00Z");
    assertThat(Window.at(last.plusNanos(1)).end()).isEqualTo("2026-11-23T12:02:00Z");
    assertThat(Window.at(last.plusNanos(1)).minute()).isEqualTo(Window.at(last).minute() + 1);
  }
}
