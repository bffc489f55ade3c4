package io.bodybroker.cli.soak;

import java.util.HashMap;
import java.util.Map;

/** Calls as a game client makes them: HTTP and JSON, through a load balancer. Thread-safe. */
final class GatewayCalls {
  private static final Map<String, String> PATIENCE =
      Map.of("X-Timeout-Ms", String.valueOf(NatsCalls.TIMEOUT.toMillis()));

  private final Balancer balancer;
  private final String run;
  private final String document;
  private final String token;
  private final Increments increments;

  /**
   * Calls through a balancer.
   *
   * @param run a name that no other soak has
   * @param document an entity to read
   * @param token of a session that may write
   */
  GatewayCalls(
      Balancer balancer, String run, String document, String token, Increments increments) {
    this.balancer = balancer;
    this.token = token;
    this.run = run;
    this.document = document;
    this.increments = increments;
  }

  /** Reads a document. */
  Traffic read() {
    return new Traffic("http read", number -> get("/v1/entities/" + document + "/state"));
  }

  /** Asks for the weather, for which weather-manager asks time-manager. */
  Traffic weather() {
    return new Traffic(
        "http weather", number -> get("/v1/worlds/" + NatsCalls.world(run, number) + "/weather"));
  }

  /** Adds to a number, which must not be repeated. */
  Traffic increment() {
    return new Traffic("http increment", number -> increment(increments.next()));
  }

  /** The same, all in one document: each waits for the others, so many at once take long. */
  Traffic contend(String document) {
    return new Traffic("http contend", number -> increment(increments.contested(document)));
  }

  private void get(String path) throws CallFailure {
    require(balancer.send("GET", path, PATIENCE, ""));
  }

  private void increment(Increments.Target target) throws CallFailure {
    var headers = new HashMap<>(PATIENCE);
    headers.put("Content-Type", "application/json");
    headers.put("Authorization", "Bearer " + token);
    String path = "/v1/entities/" + target.document() + "/state/increments";
    String body = "{\"path\": \"" + target.path() + "\", \"by\": \"1\"}";
    require(balancer.send("POST", path, headers, body));
    increments.answered(target);
  }

  private static void require(HttpReply reply) throws CallFailure {
    if (reply.status() != 200) {
      throw new CallFailure("HTTP " + reply.status());
    }
  }
}
