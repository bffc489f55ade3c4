package io.bodybroker.gateway.browser;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import com.google.protobuf.util.JsonFormat;
import io.bodybroker.gateway.json.JsonText;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * A browser as a process of its own. It is spoken to over a pipe, each message a JSON text that
 * ends with a zero byte; when the pipe ends, because the test has ended or was killed, so does the
 * browser. It finds no host but this machine's. Thread-safe.
 */
public final class Chromium implements AutoCloseable {
  private static final int BOUND_SECONDS = 60;

  private final Process process;
  private final Path log;
  private final AtomicInteger lastId = new AtomicInteger();
  private final Map<Integer, CompletableFuture<Struct>> waiting = new ConcurrentHashMap<>();
  private final List<Consumer<Struct>> listeners = new CopyOnWriteArrayList<>();

  private Chromium(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /**
   * Starts one.
   *
   * @param folder for what it keeps, and its log
   */
  public static Chromium start(Path folder) throws IOException {
    Path log = folder.resolve("chromium.log");
    var command =
        new ArrayList<>(List.of("sh", "-c", "exec \"$@\" 3<&0 4>&1 >&2 </dev/null", "sh"));
    command.add(ChromiumBinary.find().toString());
    command.addAll(
        List.of(
            "--headless=new",
            "--remote-debugging-pipe",
            "--user-data-dir=" + folder.resolve("profile"),
            "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
            "--no-sandbox", // it cannot have one as root or in most containers, and sees our page
            // only
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-extensions",
            "--no-first-run",
            "--no-default-browser-check",
            "--hide-scrollbars"));
    var process = new ProcessBuilder(command).redirectError(log.toFile()).start();
    var chromium = new Chromium(process, log);
    Thread.ofPlatform().daemon().name("chromium").start(chromium::listen);
    return chromium;
  }

  /** A new tab of this size in pixels; closed with the browser. */
  public Tab open(int width, int height) throws InterruptedException {
    var target = send("", "Target.createTarget", Map.of("url", "about:blank"));
    var session =
        send(
            "",
            "Target.attachToTarget",
            Map.of("targetId", text(target, "targetId"), "flatten", true));
    return new Tab(this, text(session, "sessionId"), width, height);
  }

  static String text(Struct struct, String field) {
    return struct.getFieldsOrDefault(field, Value.getDefaultInstance()).getStringValue();
  }

  static Struct struct(Struct struct, String field) {
    return struct.getFieldsOrDefault(field, Value.getDefaultInstance()).getStructValue();
  }

  void onEvent(Consumer<Struct> listener) {
    listeners.add(listener);
  }

  /** One command and its result; fails with what the browser has against it. */
  Struct send(String session, String method, Map<String, Object> params)
      throws InterruptedException {
    int id = lastId.incrementAndGet();
    var answer = new CompletableFuture<Struct>();
    waiting.put(id, answer);
    var message = new LinkedHashMap<String, Object>();
    message.put("id", id);
    message.put("method", method);
    message.put("params", params);
    if (!session.isEmpty()) {
      message.put("sessionId", session);
    }
    try {
      write(JsonText.of(message));
      return answer.get(BOUND_SECONDS, TimeUnit.SECONDS);
    } catch (IOException | ExecutionException | TimeoutException e) {
      throw new AssertionError(method + " failed; the browser said: " + logged(), e);
    } finally {
      waiting.remove(id);
    }
  }

  private synchronized void write(String text) throws IOException {
    var out = process.getOutputStream();
    out.write(text.getBytes(UTF_8));
    out.write(0);
    out.flush();
  }

  private String logged() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void listen() {
    var message = new ByteArrayOutputStream();
    try (InputStream in = new BufferedInputStream(process.getInputStream(), 1 << 16)) {
      for (int next = in.read(); next >= 0; next = in.read()) {
        if (next == 0) {
          take(message.toString(UTF_8));
          message.reset();
        } else {
          message.write(next);
        }
      }
    } catch (IOException e) {
      waiting.values().forEach(answer -> answer.completeExceptionally(e));
    }
  }

  private void take(String json) throws IOException {
    var builder = Struct.newBuilder();
    JsonFormat.parser().merge(json, builder);
    Struct message = builder.build();
    if (!message.containsFields("id")) {
      listeners.forEach(listener -> listener.accept(message));
      return;
    }
    var answer = waiting.get((int) message.getFieldsOrThrow("id").getNumberValue());
    if (answer == null) {
      return; // whoever asked has given up
    }
    if (message.containsFields("error")) {
      answer.completeExceptionally(new IOException(text(struct(message, "error"), "message")));
    } else {
      answer.complete(struct(message, "result"));
    }
  }

  @Override
  public void close() throws IOException, InterruptedException {
    process.getOutputStream().close();
    if (!process.waitFor(10, TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
    }
  }
}
