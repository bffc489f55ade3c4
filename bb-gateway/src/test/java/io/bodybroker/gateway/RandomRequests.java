package io.bodybroker.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.TypeRegistry;
import com.google.protobuf.util.JsonFormat;
import io.bodybroker.gateway.json.RandomMessages;
import io.bodybroker.gateway.test.v1.Book;
import io.bodybroker.gateway.test.v1.Everything;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * HTTP requests as bytes: good ones for every kind of route, those with something changed that HTTP
 * allows, those with bytes changed anywhere, and noise. The same for the same random numbers.
 */
final class RandomRequests {
  /** A request. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Request(byte[] bytes, boolean isHttp) {
    @Override
    public String toString() {
      return new String(bytes, ISO_8859_1).replace("\r", "\\r").replace("\n", "\\n\n");
    }
  }

  private static final List<String> METHODS =
      List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "PROPFIND", "get", "X");

  private static final List<String> ROUTES =
      List.of(
          "GET /",
          "GET /health",
          "GET /openapi.json",
          "GET /page/x",
          "GET /v1/nope",
          "GET /v1/shelves/s/books/b",
          "GET /v1/books/b",
          "GET /v1/shelves/s/books",
          "GET /v1/shelves/s/titles",
          "GET /v1/shelves/s/first",
          "POST /v1/shelves/s/books",
          "PUT /v1/books/b",
          "PATCH /v1/books/b",
          "DELETE /v1/books/b",
          "POST /v1/books/b:lend",
          "GET /v1/names/a/parts/b",
          "GET /v1/files/a/b/c",
          "PROPFIND /v1/names/n",
          "POST /v1/echo",
          "GET /v1/echo",
          "POST /v1/echo/text",
          "POST /v1/echo/numbers",
          "GET /v1/books/b/pages?pages=2",
          "GET /v1/books/b/loans",
          "GET /v1/books/NOT_FOUND",
          "GET /v1/books/ABORTED/pages?pages=1");

  private static final List<String> QUERIES =
      List.of(
          "pageSize=5",
          "genres=FICTION&genres=X",
          "filter.printedAfter=2026-01-31T12:00:00Z",
          "filter.orElse.orElse.ids=7",
          "shelfId=x",
          "text=a%20b",
          "small=3e9",
          "small=-0",
          "numbers=1&numbers=2",
          "pages=2&length=9",
          "after=-1",
          "maybe=",
          "=",
          "&&",
          "%",
          "a=%zz",
          "inner.inner.text=%F0%9F%98%80",
          "counts.a=1",
          "single=NaN",
          "time=now",
          "blob=_-8%3D");

  private static final List<String> HEADERS =
      List.of(
          "Accept: */*",
          "Accept: text/event-stream",
          "Accept: ;q=,,=;q=x",
          "Accept: text/html;q=9e9",
          "Accept-Encoding: gzip",
          "Accept-Encoding: br;q=1, *;q=0",
          "Accept-Language: \u00e4",
          "Content-Type: text/plain",
          "Content-Type: ;;",
          "Content-Encoding: gzip",
          "Content-Length: 0",
          "Content-Length: -1",
          "Content-Length: 99999999999999999999",
          "Transfer-Encoding: chunked",
          "Transfer-Encoding: gzip, chunked",
          "Expect: 100-continue",
          "Expect: 200-ok",
          "Connection: close",
          "Connection: Upgrade",
          "Upgrade: h2c",
          "Upgrade: websocket",
          "Host: [::1",
          "Host: a, b",
          "Idempotency-Key: k",
          "Last-Event-ID: 1",
          "Last-Event-ID: x",
          "Last-Event-ID: 99999999999999",
          "X-Request-Id: ${jndi:x}",
          "X-Timeout-Ms: -5",
          "X-Timeout-Ms: 999999999",
          "X-Forwarded-For: ,,",
          "Range: bytes=0-1",
          "Origin: null",
          "Access-Control-Request-Method: PUT",
          "traceparent: 00-zz",
          "Cookie: a=b",
          "traceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
          "Bb-User: root",
          "If-None-Match: *",
          "X:",
          ": y",
          "X Y: z",
          "X-Long: " + "x".repeat(3000));

  private static final List<String> PIECES =
      List.of(
          "\r\n",
          "\n",
          "\0",
          "%00",
          "../",
          "%2e%2e/",
          "{",
          "}",
          "[",
          "\"",
          "\\u0000",
          "\\ud800",
          "null",
          "1e999",
          "-0",
          "9".repeat(400),
          "[".repeat(150),
          " ",
          ":",
          "\u00ff",
          "*",
          ">",
          "{\"@type\":\"x\"}",
          "HTTP/1.1",
          "HTTP/2.0",
          "0\r\n\r\n",
          "x".repeat(9000));

  private static final JsonFormat.Printer JSON =
      JsonFormat.printer()
          .usingTypeRegistry(TypeRegistry.newBuilder().add(Book.getDescriptor()).build());

  private final Random random;

  RandomRequests(Random random) {
    this.random = random;
  }

  Request next() {
    return switch (random.nextInt(10)) {
      case 0 -> new Request(noise(), false);
      case 1, 2, 3 -> new Request(broken(request()), false);
      default -> new Request(request(), true);
    };
  }

  private byte[] request() {
    String route = pick(ROUTES);
    int space = route.indexOf(' ');
    boolean hasBody = route.charAt(0) == 'P' || random.nextInt(8) == 0;
    byte[] body = hasBody ? body() : new byte[0];
    String path = route.substring(space + 1);
    String changed = mutated(path).replaceAll("[\r\n]", ""); // still one line
    var head =
        new StringBuilder(random.nextInt(8) == 0 ? pick(METHODS) : route.substring(0, space));
    head.append(' ').append(random.nextInt(4) == 0 ? changed : path);
    for (int i = random.nextInt(3); i > 1; i--) {
      head.append(head.indexOf("?") < 0 ? "?" : "&").append(pick(QUERIES));
    }
    head.append(" HTTP/1.1\r\nHost: localhost\r\n");
    if (body.length > 0) {
      head.append("Content-Type: application/json\r\nContent-Length: ").append(body.length);
      head.append("\r\n");
    }
    return bytes(head.append("\r\n").toString(), body);
  }

  private byte[] body() {
    try {
      String json =
          JSON.print(
              random.nextBoolean()
                  ? RandomMessages.fill(Everything.newBuilder(), random, 2)
                  : RandomMessages.fill(Book.newBuilder(), random, 1));
      return (random.nextInt(3) == 0 ? mutated(json) : json).getBytes(UTF_8);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException(e);
    }
  }

  private String mutated(String text) {
    int at = random.nextInt(text.length() + 1);
    return switch (random.nextInt(3)) {
      case 0 -> text.substring(0, at) + pick(PIECES) + text.substring(at);
      case 1 -> text.substring(0, at);
      default -> text.substring(at) + text.substring(0, at);
    };
  }

  private byte[] broken(byte[] good) {
    String text = new String(good, ISO_8859_1);
    for (int i = random.nextInt(3); i >= 0; i--) {
      int line = text.indexOf("\r\n");
      text =
          random.nextBoolean() && line > 0
              ? text.substring(0, line) + "\r\n" + pick(HEADERS) + text.substring(line)
              : mutated(text);
    }
    return text.getBytes(ISO_8859_1);
  }

  private byte[] noise() {
    byte[] bytes = new byte[1 + random.nextInt(200)];
    random.nextBytes(bytes);
    return bytes;
  }

  private static byte[] bytes(String head, byte[] body) {
    var bytes = new ByteArrayOutputStream();
    bytes.writeBytes(head.getBytes(ISO_8859_1));
    bytes.writeBytes(body);
    return bytes.toByteArray();
  }

  private <T> T pick(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }

  /** So many requests from one seed. */
  static List<Request> of(long seed, int count) {
    var requests = new RandomRequests(new Random(seed));
    var list = new ArrayList<Request>(count);
    for (int i = 0; i < count; i++) {
      list.add(requests.next());
    }
    return list;
  }
}
