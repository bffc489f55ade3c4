package io.bodybroker.gateway.http;

import io.bodybroker.gateway.config.GatewayConfig;
import io.bodybroker.gateway.refusal.Refusal;
import io.bodybroker.gateway.session.Visitor;
import io.bodybroker.sdk.rpc.CallMetadata;
import io.bodybroker.sdk.rpc.CallOptions;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.ServerRequestHeaders;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * What a call takes from the headers of its request: a request id, an idempotency key, a timeout up
 * to a ceiling, and the headers on the list. All others stay outside, above all those that say who
 * somebody is ({@code Bb-User} and its like): that is for sessions to tell. Immutable and
 * thread-safe.
 */
final class EdgeHeaders {
  /** Carries the request id, in and out. */
  static final HeaderName REQUEST_ID = HeaderNames.create("X-Request-Id");

  /** Carries the idempotency key, as in the IETF's draft of that name. */
  static final HeaderName IDEMPOTENCY_KEY = HeaderNames.create("Idempotency-Key");

  /** Carries how long the client will wait, in milliseconds. */
  static final HeaderName TIMEOUT = HeaderNames.create("X-Timeout-Ms");

  /** Carries the position a stream is resumed after (WHATWG HTML, 9.2.4). */
  static final HeaderName LAST_EVENT_ID = HeaderNames.create("Last-Event-ID");

  /** Carries what a session is shown by (RFC 6750); goes no further than to who knows sessions. */
  static final HeaderName AUTHORIZATION = HeaderNames.AUTHORIZATION;

  private static final String CLIENT = "http-gateway";
  private static final Pattern WORD = Pattern.compile("[A-Za-z0-9._-]{1,64}");
  private static final Pattern VISIBLE = Pattern.compile("[\\x21-\\x7e]{1,255}");
  private static final Pattern MILLIS = Pattern.compile("[1-9][0-9]{0,8}");

  private final CallOptions standard;
  private final Duration ceiling;
  private final List<HeaderName> passed;

  EdgeHeaders(GatewayConfig config) {
    this.standard = config.callTimeout().map(CallOptions::timeout).orElseGet(CallOptions::defaults);
    this.ceiling = config.maxCallTimeout();
    this.passed = config.passHeaders().stream().map(HeaderNames::create).toList();
  }

  /**
   * The client's request id, or one of our own. One from outside is kept if it is a plain word, so
   * that a client's log and ours can be laid side by side; it identifies nobody and decides
   * nothing.
   */
  static String requestId(Optional<String> given) {
    return given
        .filter(id -> WORD.matcher(id).matches())
        .orElseGet(() -> UUID.randomUUID().toString());
  }

  /**
   * How a call is made for a request.
   *
   * @throws io.bodybroker.sdk.error.ServiceException {@code INVALID_ARGUMENT}, naming the header
   */
  CallOptions options(ServerRequestHeaders headers, String requestId) {
    var metadata = CallMetadata.builder().requestId(requestId).client(CLIENT);
    headers.first(IDEMPOTENCY_KEY).ifPresent(key -> metadata.idempotencyKey(idempotencyKey(key)));
    for (HeaderName name : passed) {
      if (headers.contains(name)) {
        // Helidon gives a list item by item, with the spaces between them.
        var items = headers.values(name).stream().map(String::strip).toList();
        metadata.header(name.lowerCase(), String.join(", ", items));
      }
    }
    return headers
        .first(TIMEOUT)
        .map(text -> standard.withTimeout(timeout(text)))
        .orElse(standard)
        .withMetadata(metadata.build());
  }

  /** How the call is made that finds out who makes a request: on its behalf, as nobody. */
  CallOptions optionsOfSessions(String requestId) {
    return standard.withMetadata(
        CallMetadata.builder().requestId(requestId).client(CLIENT).build());
  }

  /** The same on behalf of who is signed in. */
  static CallOptions onBehalf(Visitor visitor, CallOptions options) {
    return visitor
        .user()
        .map(user -> options.withMetadata(options.metadata().toBuilder().user(user).build()))
        .orElse(options);
  }

  /** Not replaced silently, as a request id is: it decides whether something happens twice. */
  private static String idempotencyKey(String given) {
    if (!VISIBLE.matcher(given).matches()) {
      throw Refusal.of(
          IDEMPOTENCY_KEY.defaultCase(), given, "1 to 255 visible ASCII characters, no space");
    }
    return given;
  }

  /** More than the ceiling is as good as the ceiling: the client will wait at least that long. */
  private Duration timeout(String given) {
    if (!MILLIS.matcher(given).matches()) {
      throw Refusal.of(TIMEOUT.defaultCase(), given, "milliseconds, 1 to 999999999");
    }
    var wanted = Duration.ofMillis(Long.parseLong(given));
    return wanted.compareTo(ceiling) < 0 ? wanted : ceiling;
  }
}
