package io.bodybroker.sdk.health;

import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.json.JsonObject;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerResponse;
import java.util.List;

/**
 * {@code /health} (alive), {@code /health/ready} and {@code /health/started}: 200 or 503, with a
 * JSON body that says why. Thread-safe.
 *
 * <p>Helidon's own health feature would answer the plain path with all kinds of checks together, so
 * that an outage of NATS would read as a dead process.
 */
final class HealthRoutes implements HttpService {
  private static final JsonObject UP = JsonObject.builder().set("status", "UP").build();
  private static final JsonObject DOWN = JsonObject.builder().set("status", "DOWN").build();

  private final HealthChecks checks;

  /** Tells what these checks know. */
  HealthRoutes(HealthChecks checks) {
    this.checks = checks;
  }

  @Override
  public void routing(HttpRules rules) {
    rules
        .get("/", (request, response) -> send(response, true, UP))
        .get("/ready", (request, response) -> ready(response))
        .get(
            "/started",
            (request, response) ->
                send(response, checks.isStarted(), checks.isStarted() ? UP : DOWN));
  }

  private void ready(ServerResponse response) {
    ReadinessReport report = checks.report();
    List<JsonObject> conditions =
        report.names().stream().map(name -> condition(name, report)).toList();
    JsonObject body =
        JsonObject.builder()
            .set("status", report.isReady() ? "UP" : "DOWN")
            .setValues("checks", conditions)
            .build();
    send(response, report.isReady(), body);
  }

  private static JsonObject condition(String name, ReadinessReport report) {
    var condition = JsonObject.builder().set("name", name);
    return report
        .reason(name)
        .map(reason -> condition.set("status", "DOWN").set("reason", reason))
        .orElseGet(() -> condition.set("status", "UP"))
        .build();
  }

  private static void send(ServerResponse response, boolean isGood, JsonObject body) {
    response
        .status(isGood ? Status.OK_200 : Status.SERVICE_UNAVAILABLE_503)
        .header(HeaderNames.CONTENT_TYPE, "application/json")
        .header(HeaderNames.CACHE_CONTROL, "no-store")
        .send(body.toString());
  }
}
