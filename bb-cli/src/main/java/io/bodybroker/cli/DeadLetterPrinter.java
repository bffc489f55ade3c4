package io.bodybroker.cli;

import com.google.protobuf.ByteString;
import io.bodybroker.gateway.json.JsonText;
import io.bodybroker.sdk.deadletter.DeadLetter;
import io.bodybroker.sdk.deadletter.DeadLetter.Origin;
import io.bodybroker.sdk.deadletter.QueueDepth;
import io.bodybroker.sdk.deadletter.QueuedLetter;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** Dead letters for people, or, a line each, for programs. */
final class DeadLetterPrinter {
  private static final String ROW = "%8s  %-20s  %-20s %-24s %-19s %3s  %s%n";
  private static final String GROUP = "%8s  %-20s  %-20s %-24s %-19s      %s%n";
  private static final String FIELD = "%-12s %s%n";
  private static final int SHOWN_MESSAGE = 100;

  private final boolean isJson;

  DeadLetterPrinter(boolean isJson) {
    this.isJson = isJson;
  }

  void head() {
    System.out.printf(ROW, "SEQUENCE", "AT", "SERVICE", "WORK", "CODE", "TRY", "MESSAGE");
  }

  void row(QueuedLetter queued) {
    if (isJson) {
      System.out.println(JsonText.of(tree(queued)));
      return;
    }
    DeadLetter letter = queued.letter();
    System.out.printf(
        ROW,
        queued.sequence(),
        letter.at().truncatedTo(ChronoUnit.SECONDS),
        letter.service(),
        work(letter.origin()),
        letter.code(),
        letter.attempts(),
        cut(letter.message()));
  }

  private static String cut(String message) {
    return message.length() <= SHOWN_MESSAGE ? message : message.substring(0, SHOWN_MESSAGE) + "…";
  }

  /** What is behind the rows: where most of the letters are, and what of. */
  void groups(DeadLetterGroups groups) {
    System.out.printf(GROUP, "LETTERS", "OLDEST", "SERVICE", "WORK", "CODE", "NEWEST");
    for (DeadLetterGroups.Group group : groups.largestFirst()) {
      System.out.printf(
          GROUP,
          group.letters(),
          group.oldest().truncatedTo(ChronoUnit.SECONDS),
          group.key().service(),
          group.key().work(),
          group.key().code(),
          group.newest().truncatedTo(ChronoUnit.SECONDS));
    }
  }

  static String depth(QueueDepth depth) {
    return depth.letters() == 0
        ? "the queue is empty"
        : "%d in the queue, %d bytes, the oldest %s old"
            .formatted(depth.letters(), depth.bytes(), age(depth.age()));
  }

  private static String age(Duration age) {
    if (age.toDays() > 0) {
      return age.toDays() + " d " + age.toHoursPart() + " h";
    }
    return age.toHours() > 0
        ? age.toHours() + " h " + age.toMinutesPart() + " min"
        : age.toMinutes() + " min " + age.toSecondsPart() + " s";
  }

  /** All that is known of one, and what to do with it. */
  void whole(QueuedLetter queued, DeadLetterPayload payloads, Instant now) {
    DeadLetter letter = queued.letter();
    String subject = letter.origin().subject();
    var json = payloads.json(subject, letter.payload());
    if (isJson) {
      System.out.println(withDecoded(JsonText.of(tree(queued)), json.orElse("")));
      return;
    }
    System.out.printf(FIELD, "sequence", queued.sequence());
    System.out.printf(
        FIELD, "at", letter.at() + " (" + age(Duration.between(letter.at(), now)) + " ago)");
    System.out.printf(FIELD, "service", letter.service() + ", instance " + letter.instance());
    System.out.printf(FIELD, "came from", origin(letter.origin()));
    System.out.printf(FIELD, "code", letter.code());
    System.out.printf(FIELD, "message", letter.message());
    System.out.printf(FIELD, "attempts", letter.attempts());
    System.out.printf(FIELD, "redrives", letter.redrives());
    new TreeMap<>(letter.headers())
        .forEach((name, value) -> System.out.printf(FIELD, "header", name + ": " + value));
    payload(letter.payload(), payloads.type(subject).orElse(""), json.orElse(""));
    System.out.println();
    System.out.println("send it back:  ./bb dlq redrive " + queued.sequence());
    System.out.println("delete it:     ./bb dlq purge " + queued.sequence());
  }

  private static String origin(Origin origin) {
    return switch (origin) {
      case Origin.Event event ->
          "%s, stream %s sequence %d, consumer %s"
              .formatted(event.subject(), event.stream(), event.sequence(), event.consumer());
      case Origin.Request request ->
          "%s, request %s".formatted(request.subject(), request.requestId());
    };
  }

  private static void payload(ByteString payload, String type, String json) {
    String size = payload.size() + " bytes";
    if (!json.isEmpty()) {
      System.out.printf(FIELD, "payload", size + ", " + type);
      System.out.println(json);
      return;
    }
    System.out.printf(
        FIELD,
        "payload",
        type.isEmpty()
            ? size + ", of a contract that is not known here"
            : size + ", which are no " + type);
    DeadLetterPayload.hex(payload).forEach(System.out::println);
  }

  /** JSON within JSON; both are on one line. */
  private static String withDecoded(String tree, String json) {
    return json.isEmpty()
        ? tree
        : tree.substring(0, tree.length() - 1)
            + ",\"decoded\":"
            + json.replaceAll("\\R\\s*", "")
            + "}";
  }

  static String work(Origin origin) {
    return switch (origin) {
      case Origin.Event event -> event.consumer();
      case Origin.Request request -> request.action();
    };
  }

  private static Map<String, Object> tree(QueuedLetter queued) {
    DeadLetter letter = queued.letter();
    var tree = new LinkedHashMap<String, Object>();
    tree.put("sequence", queued.sequence());
    tree.put("at", letter.at().toString());
    tree.put("service", letter.service());
    tree.put("instance", letter.instance());
    tree.put("work", work(letter.origin()));
    tree.put("subject", letter.origin().subject());
    switch (letter.origin()) {
      case Origin.Event event -> {
        tree.put("stream", event.stream());
        tree.put("streamSequence", event.sequence());
      }
      case Origin.Request request -> tree.put("requestId", request.requestId());
    }
    tree.put("code", letter.code().name());
    tree.put("message", letter.message());
    tree.put("attempts", letter.attempts());
    tree.put("redrives", letter.redrives());
    tree.put("headers", new TreeMap<>(letter.headers()));
    tree.put("payload", Base64.getEncoder().encodeToString(letter.payload().toByteArray()));
    return tree;
  }
}
