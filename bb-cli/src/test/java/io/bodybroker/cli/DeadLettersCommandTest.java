package io.bodybroker.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.bodybroker.sdk.Bus;
import io.bodybroker.sdk.config.BusConfig;
import io.bodybroker.sdk.connection.ConnectionRole;
import io.bodybroker.sdk.deadletter.DeadLetter;
import io.bodybroker.sdk.deadletter.DeadLetter.Origin;
import io.bodybroker.sdk.deadletter.DeadLetters;
import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.stream.StreamPublisher;
import io.bodybroker.testkit.Await;
import io.bodybroker.testkit.NatsServer;
import io.bodybroker.testkit.TestServers;
import io.bodybroker.weathermanager.v1.WeatherChanged;
import io.nats.client.Connection;
import io.nats.client.JetStreamManagement;
import io.nats.client.Nats;
import io.nats.client.api.StreamInfoOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an operator sees and does at night, with a queue that is full. */
@TestServers(scope = TestServers.Scope.METHOD)
class DeadLettersCommandTest {
  private static final Duration BOUND = Duration.ofSeconds(30);
  private static final String WEATHER = "evt.weather.changed.v1";
  private final Instant now = Instant.now();

  private Bus bus;
  private DeadLetters letters;
  private OnServer bb;
  private Connection outside;
  private JetStreamManagement management;

  @BeforeEach
  void connect(NatsServer nats) throws Exception {
    bb = new OnServer(nats.url());
    bus = Bus.connect(BusConfig.builder().name("dlq-test").natsUrls(List.of(nats.url())).build());
    assertThat(bus.connections().connection(ConnectionRole.STORE).awaitUp(BOUND)).isTrue();
    letters = new DeadLetters(new StreamPublisher(bus.streams(), BOUND, 100));
    outside = Nats.connect(nats.url());
    management = outside.jetStreamManagement();
  }

  @AfterEach
  void close() throws Exception {
    bus.close();
    outside.close();
  }

  private static ByteString weather(String zone) {
    return WeatherChanged.newBuilder()
        .setWorldId("veridian")
        .setZoneId(zone)
        .build()
        .toByteString();
  }

  private void event(
      String consumer, long sequence, ErrorCode code, Instant at, ByteString payload) {
    letters.put(
        new DeadLetter(
            new Origin.Event(WEATHER, "WORLD_EVENTS", sequence, consumer),
            "npc-behavior",
            "npc-1",
            5,
            code,
            "no zone \"harbour\"",
            at,
            0,
            Map.of("Bb-Request-Id", "request-" + sequence),
            payload));
  }

  private void events(String consumer, int count) {
    for (int i = 1; i <= count; i++) {
      event(consumer, i, ErrorCode.NOT_FOUND, now, weather("zone-" + i));
    }
  }

  private void request(String subject, ByteString payload) {
    letters.put(
        new DeadLetter(
            new Origin.Request(subject, "get_weather", "request-77"),
            "weather-manager",
            "weather-1",
            1,
            ErrorCode.INTERNAL,
            "a line\nand another",
            now.minus(Duration.ofDays(3)),
            2,
            Map.of(),
            payload));
  }

  /** How many wait, as the server says. */
  private long waiting() throws Exception {
    return management.getStreamInfo("DLQ").getStreamState().getMsgCount();
  }

  /** How many came back for a consumer, each on a subject of its own. */
  private Map<String, Long> redriven(String consumer) throws Exception {
    var info =
        management.getStreamInfo(
            "WORLD_EVENTS",
            StreamInfoOptions.filterSubjects("redrive.WORLD_EVENTS." + consumer + ".>"));
    return Map.copyOf(info.getStreamState().getSubjectMap());
  }

  @Test
  void showsWhereMostOfAFullQueueComesFrom() {
    events("npc-moods", 30);
    event("npc-homes", 1, ErrorCode.INVALID_ARGUMENT, now, weather("a"));
    request("svc.weather-manager.v1.get_weather", ByteString.EMPTY);

    assertThat(bb.run(0, "dlq", "ls"))
        .containsPattern("SEQUENCE +AT +SERVICE +WORK +CODE +TRY +MESSAGE\n")
        .containsPattern(
            "\n +1 +20\\S+Z +npc-behavior +npc-moods +NOT_FOUND +5  no zone \"harbour\"\n")
        .contains("12 more are not shown; a filter narrows it down, --limit shows more\n")
        .containsPattern(
            "LETTERS +OLDEST +SERVICE +WORK +CODE +NEWEST\n +30 +20\\S+Z +npc-behavior +npc-moods")
        .containsPattern("\n +1 +20\\S+Z +weather-manager +get_weather +INTERNAL")
        .containsPattern("\n32 in the queue, [0-9]+ bytes, the oldest 0 min [0-9]+ s old\n$");
    assertThat(bb.run(0, "dlq", "ls", "--limit", "0", "--code", "not_found"))
        .doesNotContain("MESSAGE")
        .contains("\n30 match; 32 in the queue, ");
  }

  @Test
  void findsWhatAFilterMeansAndNothingElse() {
    events("npc-moods", 2);
    event("npc-homes", 9, ErrorCode.INVALID_ARGUMENT, now.minus(Duration.ofHours(5)), weather("a"));
    request("svc.weather-manager.v1.get_weather", ByteString.EMPTY);

    assertThat(sequences("--service=npc-behavior")).isEqualTo("1 2 3");
    assertThat(sequences("--work=npc-homes")).isEqualTo("3");
    assertThat(sequences("--code=NOT_FOUND")).isEqualTo("1 2");
    assertThat(sequences("--subject=svc.weather-manager.v1.get_weather")).isEqualTo("4");
    assertThat(sequences("--since=2h")).isEqualTo("1 2");
    assertThat(sequences("--until=2h")).isEqualTo("3 4");
    assertThat(sequences("--since=1d", "--until=90m")).isEqualTo("3");
    assertThat(sequences("--since", now.minusSeconds(60).toString())).isEqualTo("1 2");
    assertThat(sequences("--service=nobody")).isEmpty();
    assertThat(bb.run(0, "dlq", "ls", "--service=nobody")).startsWith("0 match; 4 in the queue, ");
  }

  private String sequences(String... filter) {
    var words = new java.util.ArrayList<>(List.of("dlq", "ls", "--json"));
    words.addAll(List.of(filter));
    return String.join(
        " ",
        bb.run(0, words.toArray(String[]::new))
            .lines()
            .map(line -> line.replaceFirst("^\\{\"sequence\":([0-9]+),.*\\}$", "$1"))
            .toList());
  }

  @Test
  void showsAllOfOneWithItsPayloadReadable() {
    event("npc-moods", 12, ErrorCode.NOT_FOUND, now, weather("harbour"));
    event(
        "npc-moods",
        13,
        ErrorCode.INVALID_ARGUMENT,
        now,
        ByteString.copyFrom(new byte[] {-1, 'A', 0}));
    request("svc.somebody-else.v1.do_it", ByteString.copyFromUtf8("x".repeat(300)));

    assertThat(bb.run(0, "dlq", "show", "1"))
        .containsPattern("sequence +1\n")
        .containsPattern("service +npc-behavior, instance npc-1\n")
        .containsPattern(
            "came from +evt.weather.changed.v1, stream WORLD_EVENTS sequence 12, consumer npc-moods\n")
        .containsPattern(
            "code +NOT_FOUND\nmessage +no zone \"harbour\"\nattempts +5\nredrives +0\n")
        .containsPattern("header +Bb-Request-Id: request-12\n")
        .containsPattern("payload +[0-9]+ bytes, bodybroker.weather_manager.v1.WeatherChanged\n")
        .contains("  \"zoneId\": \"harbour\"")
        .contains("\nsend it back:  ./bb dlq redrive 1\n");
    assertThat(bb.run(0, "dlq", "show", "2"))
        .containsPattern(
            "payload +3 bytes, which are no bodybroker.weather_manager.v1.WeatherChanged\n")
        .containsPattern("0000  ff 41 00 +\\.A\\.\n");
    assertThat(bb.run(0, "dlq", "show", "3"))
        .containsPattern("came from +svc.somebody-else.v1.do_it, request request-77\n")
        .containsPattern("message +a line\\S* ?and another\n")
        .contains("(3 d 0 h ago)")
        .containsPattern("payload +300 bytes, of a contract that is not known here\n")
        .contains("… 44 more bytes; --json has all of them");
    assertThat(bb.run(0, "dlq", "show", "1", "--json"))
        .startsWith("{\"sequence\":1,")
        .contains("\"decoded\":{\"worldId\": \"veridian\",\"zoneId\": \"harbour\"}}\n")
        .hasLineCount(1);
    assertThat(bb.run(1, "dlq", "show", "99"))
        .startsWith(
            "bb: no dead letter 99: it was redriven, purged or never there; 3 in the queue, ");
  }

  @Test
  void sendsOneBackAndLeavesTheOthers() throws Exception {
    events("npc-moods", 3);

    assertThat(bb.run(0, "dlq", "redrive", "2", "--dry-run")).isEqualTo("1 would be redriven\n");
    assertThat(waiting()).isEqualTo(3);
    assertThat(bb.run(0, "dlq", "redrive", "2")).isEqualTo("1 redriven\n");
    assertThat(waiting()).isEqualTo(2);
    assertThat(redriven("npc-moods"))
        .containsOnlyKeys("redrive.WORLD_EVENTS.npc-moods.2-" + now.toEpochMilli());
    assertThat(bb.run(1, "dlq", "redrive", "2"))
        .startsWith("bb: no dead letter 2: it was redriven");
    assertThat(bb.run(0, "dlq", "redrive", "--work=npc-moods", "--json"))
        .isEqualTo("{\"redriven\":2,\"hadBeenSent\":0,\"kept\":0}\n");
    assertThat(bb.run(0, "dlq", "ls")).isEqualTo("the queue is empty\n");
    assertThat(bb.run(0, "dlq", "redrive", "--all")).isEqualTo("0 redriven\n");
  }

  @Test
  void saysWhyLettersStayOnceForEachReason() throws Exception {
    request("svc.somebody-else.v1.do_it", ByteString.EMPTY);
    events("npc-moods", 1);

    assertThat(bb.run(1, "dlq", "redrive", "--all"))
        .contains("bb: 1 stay, the first is 1: nobody serves svc.somebody-else.v1.do_it\n")
        .contains("1 redriven\n")
        .contains("bb: 1 dead letters stay in the queue\n");
    assertThat(waiting()).isEqualTo(1);
  }

  @Test
  void goesOnWhereItWasInterrupted() throws Exception {
    int count = 300;
    events("npc-moods", count);
    try (var program = bb.start("dlq", "redrive", "--all", "--rate", "100")) {
      Await.until(BOUND, "some are back", () -> waiting() < count - 20);
      assertThat(program.terminate().awaitEnd()).isEqualTo(128 + 15);
      assertThat(program.output())
          .containsPattern(
              "bb: interrupted: [0-9]+ redriven, 0 stay so far; run the same again to go on\n");
    }
    assertThat(waiting()).isBetween(1L, (long) count - 20);

    assertThat(bb.run(0, "dlq", "redrive", "--all")).containsPattern("^[0-9]+ redriven\n");

    assertThat(waiting()).isZero();
    assertThat(redriven("npc-moods"))
        .hasSize(count)
        .allSatisfy((subject, times) -> assertThat(times).isEqualTo(1));
  }

  @Test
  void purgesOnlyWhatIsMeant() throws Exception {
    events("npc-moods", 3);
    event("npc-homes", 9, ErrorCode.INVALID_ARGUMENT, now, weather("a"));

    assertThat(bb.run(2, "dlq", "purge"))
        .isEqualTo("bb: purge needs a sequence, a filter, or --all for the whole queue\n");
    assertThat(bb.run(2, "dlq", "purge", "--all", "--work=npc-homes"))
        .isEqualTo("bb: --all and a filter (expected: one of them)\n");
    assertThat(bb.run(0, "dlq", "purge", "--all", "--dry-run")).isEqualTo("4 would be purged\n");
    assertThat(waiting()).isEqualTo(4);
    assertThat(bb.run(2, "dlq", "purge", "--work=npc-homes"))
        .isEqualTo("bb: delete 1 dead letters for good? Nobody can be asked (expected: --yes)\n");
    assertThat(bb.run(2, "dlq", "purge", "--all"))
        .isEqualTo("bb: delete 4 dead letters for good? Nobody can be asked (expected: --yes)\n");
    assertThat(waiting()).isEqualTo(4);
    assertThat(bb.run(0, "dlq", "purge", "--work=npc-homes", "--yes")).isEqualTo("1 purged\n");
    assertThat(bb.run(0, "dlq", "purge", "2", "--json")).isEqualTo("{\"purged\":1}\n");
    assertThat(bb.run(1, "dlq", "purge", "2")).startsWith("bb: no dead letter 2: ");
    assertThat(bb.run(0, "dlq", "purge", "--all", "--yes")).isEqualTo("2 purged\n");
    assertThat(waiting()).isZero();
  }

  @Test
  void saysWhatIsWrongWithAFilter() {
    assertThat(bb.run(2, "dlq", "ls", "--code=BROKEN"))
        .startsWith("bb: --code: \"BROKEN\" (expected: one of [")
        .contains("NOT_FOUND");
    assertThat(bb.run(2, "dlq", "ls", "--since=yesterday"))
        .isEqualTo(
            "bb: --since: \"yesterday\" (expected: a time such as 2026-11-26T03:00:00Z,"
                + " or how long ago: 90s, 30m, 2h, 7d)\n");
    assertThat(bb.run(2, "dlq", "ls", "--service=npc behavior"))
        .isEqualTo("bb: service: \"npc behavior\" (expected: letters, digits, '-' and '_')\n");
    assertThat(bb.run(2, "dlq", "show", "first"))
        .isEqualTo(
            "bb: sequence: \"first\" (expected: a number from the first column of bb dlq ls)\n");
    assertThat(bb.run(2, "dlq", "list"))
        .startsWith("bb: unknown action \"list\"\nusage: bb dlq ls ");
    assertThat(bb.run(2, "dlq", "redrive", "1", "--rate=fast"))
        .contains("--rate: \"fast\" (expected: 1 to ");
  }

  @Test
  void saysThatThereIsNoJetStream() {
    try (var plain = NatsServer.builder().jetStream(false).start()) {
      assertThat(new OnServer(plain.url()).run(1, "dlq", "ls"))
          .startsWith("bb: UNAVAILABLE: stream DLQ: ");
    }
  }
}
