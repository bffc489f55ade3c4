package io.bodybroker.bench.gateway;

import com.google.protobuf.Struct;
import io.bodybroker.bench.load.Service;
import io.bodybroker.bench.load.Target;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.function.UnaryOperator;

/**
 * The callers of all contenders: {@code PUT /v1/shelves/…/documents} on connections that are kept,
 * as many as there are callers at once. Thread-safe.
 */
final class HttpLoad implements Service.Client {
  /** More callers wait for a connection, as they do with any client. */
  private static final int MOST_CONNECTIONS = 1_024;

  /** A server may close what was idle for longer: Armeria does after 15 s. */
  private static final long MOST_IDLE_NANOS = 5_000_000_000L;

  private final InetSocketAddress address;
  private final UnaryOperator<String> expected;
  private final Semaphore permits = new Semaphore(MOST_CONNECTIONS);

  /** The last used first: those that a load needs no more stay idle. */
  private final ConcurrentLinkedDeque<HttpConnection> idle = new ConcurrentLinkedDeque<>();

  private final Map<Integer, Target> targets = new ConcurrentHashMap<>();

  private HttpLoad(String address, UnaryOperator<String> expected) {
    int colon = address.indexOf(':');
    this.address =
        new InetSocketAddress(
            address.substring(0, colon), Integer.parseInt(address.substring(colon + 1)));
    this.expected = expected;
  }

  /** Calls somebody who answers with the documents that were put. */
  static HttpLoad onDocuments(String address) {
    return new HttpLoad(
        address, json -> json.replaceFirst("\\{", "{\"shelfId\":\"" + Documents.SHELF + "\","));
  }

  /** Calls somebody who answers with the body of the request. */
  static HttpLoad onEcho(String address) {
    return new HttpLoad(address, UnaryOperator.identity());
  }

  /**
   * Calls with a body of about so many bytes.
   *
   * @throws IllegalStateException if the first answer is not what it must be
   */
  @Override
  public Target target(int bytes) {
    return targets.computeIfAbsent(bytes, this::checked);
  }

  private Target checked(int bytes) {
    String json = Documents.json(Documents.request(bytes));
    byte[] request = request(json);
    try (var connection = new HttpConnection(address)) {
      int length = connection.exchange(request);
      Struct right = Documents.tree(expected.apply(json).getBytes(StandardCharsets.UTF_8));
      Struct answer = Documents.tree(connection.body());
      if (!answer.equals(right)) {
        throw new IllegalStateException("answered " + answer + " (expected: " + right + ")");
      }
      return new HttpTarget(request, length);
    } catch (IOException e) {
      throw new IllegalStateException("no answer from " + address, e);
    }
  }

  private byte[] request(String json) {
    byte[] body = json.getBytes(StandardCharsets.UTF_8);
    var request = new ByteArrayOutputStream();
    request.writeBytes(
        """
        PUT /v1/shelves/%s/documents HTTP/1.1\r
        Host: %s:%d\r
        User-Agent: bench\r
        Accept: application/json\r
        Content-Type: application/json\r
        Content-Length: %d\r
        \r
        """
            .formatted(Documents.SHELF, address.getHostString(), address.getPort(), body.length)
            .getBytes(StandardCharsets.ISO_8859_1));
    request.writeBytes(body);
    return request.toByteArray();
  }

  private HttpConnection connection() throws IOException {
    HttpConnection last = idle.pollFirst();
    while (last != null && last.idleNanos() > MOST_IDLE_NANOS) {
      last.close();
      last = idle.pollFirst();
    }
    return last == null ? new HttpConnection(address) : last;
  }

  @Override
  public void close() throws IOException {
    for (HttpConnection connection : idle) {
      connection.close();
    }
  }

  /** One request, ready to be sent. */
  private final class HttpTarget implements Target {
    private final byte[] request;

    /** Of the answer's body, each time. */
    private final int length;

    HttpTarget(byte[] request, int length) {
      this.request = request;
      this.length = length;
    }

    @Override
    public void call() throws IOException, InterruptedException {
      permits.acquire();
      try {
        HttpConnection connection = connection();
        try {
          int answered = connection.exchange(request);
          if (answered != length) {
            throw new IOException("%d bytes (expected: %d)".formatted(answered, length));
          }
        } catch (IOException e) {
          connection.close();
          throw e;
        }
        idle.addFirst(connection);
      } finally {
        permits.release();
      }
    }

    @Override
    public CompletionStage<?> begin() {
      var answer = new CompletableFuture<Boolean>();
      Thread.startVirtualThread(() -> {
        try {
          call();
          answer.complete(true);
        } catch (IOException | RuntimeException e) { // or a load would wait for it for ever
          answer.completeExceptionally(e);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          answer.completeExceptionally(e);
        }
      });
      return answer;
    }
  }
}
