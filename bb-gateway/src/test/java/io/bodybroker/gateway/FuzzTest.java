package io.bodybroker.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.sun.management.HotSpotDiagnosticMXBean;
import io.bodybroker.gateway.RandomRequests.Request;
import io.bodybroker.testkit.Await;
import io.bodybroker.testkit.NatsServer;
import io.bodybroker.testkit.TestServers;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requests that nobody thought of. A failure names the seed that makes them again. */
@TestServers(jetStream = false)
class FuzzTest {
  private static final Logger LOG = System.getLogger(FuzzTest.class.getName());
  private static final int WARM_UP = 2_000;
  private static final int REQUESTS = 8_000;
  private static final int AT_ONCE = 48;
  private static final long MOST_GROWTH = 24L * 1024 * 1024;
  private static final Duration BOUND = Duration.ofSeconds(30);
  private static final long SEED = Long.getLong("fuzz.seed", System.nanoTime());

  private static final Pattern STATUS = Pattern.compile("^HTTP/1\\.1 ([1-5]\\d\\d) ");

  /** 501 and 505 are about the request: an unknown transfer coding, an unknown version of HTTP. */
  private static final Pattern FAULT = Pattern.compile("5(?!01|05)..");

  private static final Pattern LENGTH = Pattern.compile("(?i)\r\nContent-Length: (\\d+)");
  private static final Pattern INSIDE =
      Pattern.compile("[a-z]Exception|\\tat |io\\.bodybroker|helidon|jnats|java\\.|svc\\.|_INBOX");

  private final Map<String, Integer> ledger = new ConcurrentSkipListMap<>();

  @Test
  void answersAnythingAndKeepsNothingOfIt(NatsServer nats, @TempDir Path folder) throws Exception {
    var settings =
        RunningGateway.settings()
            .receiveTimeout(Duration.ofMillis(300)) // a good request must not miss it
            .idleTimeout(Duration.ofSeconds(1))
            .callTimeout(Duration.ofSeconds(20)) // however busy the machine is
            .accessLog(false)
            .build();
    try (var running =
        RunningGateway.start(nats.url(), gateway -> gateway.config(settings)).serve()) {
      int port = running.gateway.port();
      send(port, RandomRequests.of(SEED, WARM_UP));
      awaitStreamsEnded(running);
      long memory = usedMemory();
      int threads = threads(folder.resolve("before"));

      send(port, RandomRequests.of(SEED + 1, REQUESTS));

      awaitStreamsEnded(running);
      int threadsAfter =
          Await.untilSeen(
              BOUND,
              "no more threads than before",
              () -> threads(Files.createTempDirectory(folder, "after").resolve("dump")),
              now -> now <= threads + 4);
      long growth =
          Await.untilSeen(
              BOUND,
              "memory to be free again",
              () -> usedMemory() - memory,
              more -> more < MOST_GROWTH);
      assertThat(running.get("/v1/books/b").statusCode()).isEqualTo(200);
      LOG.log(
          Level.INFO,
          "seed {0}: answers {1}, threads {2} then {3}, memory {4} KiB more",
          String.valueOf(SEED),
          ledger,
          threads,
          threadsAfter,
          growth / 1024);
    }
  }

  private static void awaitStreamsEnded(RunningGateway running) {
    Await.untilSeen(
        BOUND, "no stream", () -> running.library.streaming.get(), streams -> streams == 0);
  }

  private void send(int port, List<Request> requests) throws Exception {
    List<Callable<Void>> tasks = new ArrayList<>();
    for (Request request : requests) {
      tasks.add(() -> {
        check(port, request);
        return null;
      });
    }
    try (var threads = Executors.newFixedThreadPool(AT_ONCE)) {
      for (Future<Void> task : threads.invokeAll(tasks)) {
        task.get();
      }
    }
  }

  private void check(int port, Request request) {
    String response;
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout((int) BOUND.toMillis());
      socket.getOutputStream().write(request.bytes());
      response = response(request, new BufferedInputStream(socket.getInputStream()));
    } catch (SocketException e) {
      response = ""; // closed on bytes it did not want
    } catch (IOException e) {
      throw new AssertionError(shown("no answer to", request), e);
    }
    var status = STATUS.matcher(response);
    boolean isAnswered = status.find();
    ledger.merge(isAnswered ? status.group(1) : "closed", 1, Integer::sum);
    if (!isAnswered) {
      if (request.isHttp() || !response.isEmpty()) {
        fail(shown("answered \"" + response + "\" to", request));
      }
      return;
    }
    if (FAULT.matcher(status.group(1)).matches() || INSIDE.matcher(response).find()) {
      fail(shown("answered \"" + response + "\" to", request));
    }
  }

  private static String shown(String what, Request request) {
    return "-Dfuzz.seed=%d %s%n%s".formatted(SEED, what, request);
  }

  /** Head and body; of a stream only the head. */
  private static String response(Request request, InputStream in) throws IOException {
    var head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      if (next < 0) {
        return head.toString();
      }
      head.append((char) next);
    }
    var length = LENGTH.matcher(head);
    if (length.find() && !request.toString().startsWith("HEAD ")) {
      byte[] body = in.readNBytes(Integer.parseInt(length.group(1)));
      head.append(new String(body, ISO_8859_1));
    }
    return head.toString();
  }

  /** How many threads there are, virtual ones included. */
  private static int threads(Path file) throws IOException {
    ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
        .dumpThreads(file.toString(), HotSpotDiagnosticMXBean.ThreadDumpFormat.TEXT_PLAIN);
    try (var lines = Files.lines(file)) {
      return (int) lines.filter(line -> line.startsWith("#")).count();
    }
  }

  private static long usedMemory() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
