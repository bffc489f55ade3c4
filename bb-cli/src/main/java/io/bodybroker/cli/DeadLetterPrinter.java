package io.bodybroker.cli;

import io.bodybroker.gateway.json.JsonText;
import io.bodybroker.sdk.deadletter.DeadLetter;
import io.bodybroker.sdk.deadletter.DeadLetter.Origin;
import io.bodybroker.sdk.deadletter.QueuedLetter;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** Dead letters for people, or, a line each, for programs. */
final class DeadLetterPrinter {
  private static final String ROW = "%8s  %-24s  %-20s %-20s %-20s %3s  %s%n";

  private final boolean isJson;

  DeadLetterPrinter(boolean isJson) {
    this.isJson = isJson;
  }

  void head() {
    if (!isJson) {
      System.out.printf(ROW, "SEQUENCE", "AT", "SERVICE", "WORK", "CODE", "TRY", "MESSAGE");
    }
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
        letter.at().truncatedTo(java.time.temporal.ChronoUnit.MILLIS),
        letter.service(),
        work(letter.origin()),
        letter.code(),
        letter.attempts(),
        letter.message());
  }

  void whole(QueuedLetter queued) {
    if (isJson) {
      System.out.println(JsonText.of(tree(queued)));
      return;
    }
    tree(queued).forEach((name, value) -> System.out.printf("%-12s %s%n", name, value));
  }

  private static String work(Origin origin) {
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
    if (letter.origin() instanceof Origin.Event event) {
      tree.put("stream", event.stream());
      tree.put("streamSequence", event.sequence());
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
