package io.bodybroker.gateway.problem;

import io.bodybroker.gateway.json.JsonText;
import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.FieldViolation;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One problem, by RFC 9457. A program decides by {@code status} and {@code code}; texts are for
 * people.
 *
 * @param status the HTTP status
 * @param title what kind of problem it is, the same each time
 * @param detail what was wrong this time, and what would be right
 * @param code the error code; empty if HTTP itself was used wrongly, such as an unknown route, and
 *     the status says it all
 * @param fieldViolations the refused fields
 * @param details facts for programs, such as {@code current_version}
 * @param errorId names the entry in our log that has the cause, of a defect of ours
 * @param headers response headers that belong to it, such as {@code Allow}
 */
public record Problem(
    int status,
    String title,
    String detail,
    Optional<ErrorCode> code,
    List<FieldViolation> fieldViolations,
    Map<String, String> details,
    Optional<String> errorId,
    Map<String, String> headers) {

  /** The media type of {@link #toJson}. */
  public static final String MEDIA_TYPE = "application/problem+json";

  /** Types by error code: a tag URI (RFC 4151), which names without having to be fetched. */
  static final String TYPE_PREFIX = "tag:bodybroker.io,2026:";

  /** Copies the collections. */
  public Problem {
    fieldViolations = List.copyOf(fieldViolations);
    details = Map.copyOf(details);
    headers = Map.copyOf(headers);
  }

  /** A problem of HTTP itself, without error code. */
  public static Problem ofHttp(int status, String title, String detail) {
    return new Problem(
        status, title, detail, Optional.empty(), List.of(), Map.of(), Optional.empty(), Map.of());
  }

  /** The same with one more header. */
  public Problem withHeader(String name, String value) {
    var more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new Problem(status, title, detail, code, fieldViolations, details, errorId, more);
  }

  /**
   * The document.
   *
   * @param instance the path of the request
   * @param requestId the id of the request, as logs have it
   */
  public byte[] toJson(String instance, String requestId) {
    var json = new LinkedHashMap<String, Object>();
    json.put("type", code.map(known -> TYPE_PREFIX + known).orElse("about:blank"));
    json.put("title", title);
    json.put("status", status);
    json.put("detail", detail);
    json.put("instance", instance);
    code.ifPresent(known -> json.put("code", known.name()));
    json.put("requestId", requestId);
    if (!fieldViolations.isEmpty()) {
      json.put("fieldViolations", fieldViolations.stream().map(Problem::toJson).toList());
    }
    if (!details.isEmpty()) {
      json.put("details", details);
    }
    errorId.ifPresent(id -> json.put("errorId", id));
    return JsonText.of(json).getBytes(StandardCharsets.UTF_8);
  }

  private static Map<String, String> toJson(FieldViolation violation) {
    var json = new LinkedHashMap<String, String>();
    json.put("field", violation.field());
    json.put("value", violation.value());
    json.put("expected", violation.expected());
    return json;
  }
}
