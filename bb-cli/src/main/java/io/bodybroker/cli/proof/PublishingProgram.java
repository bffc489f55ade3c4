package io.bodybroker.cli.proof;

import io.bodybroker.proof.v1.Counted;
import io.bodybroker.sdk.Bus;
import io.bodybroker.sdk.config.BusConfig;
import io.bodybroker.sdk.error.ServiceException;
import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.Nats;
import io.nats.client.Options;
import io.nats.client.PublishOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.LockSupport;

/**
 * Publishes so many events at such a rate, and tells of each that was not acknowledged. Its words:
 * how many, how many a second, and whether some are {@link Fate poison}.
 */
public final class PublishingProgram {
  /** What it says of an event that was not acknowledged, before the number. */
  static final String UNACKNOWLEDGED = "unacknowledged ";

  /** What it says in the end. */
  static final String DONE = "all published";

  private static final String SUBJECT = "evt.proof.counted.v1";
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration RAW_PAUSE = Duration.ofMillis(250);

  private final Bus bus;
  private final Connection raw;
  private final Executor threads = task -> Thread.ofVirtual().start(task);
  private final List<CompletableFuture<?>> published = new ArrayList<>();

  private PublishingProgram(Bus bus, Connection raw) {
    this.bus = bus;
    this.raw = raw;
  }

  /** Publishes, and ends when each event was acknowledged or given up. */
  public static void main(String[] args) throws IOException, InterruptedException {
    var config = BusConfig.fromEnvironment();
    var options =
        Options.builder()
            .servers(config.natsUrls().toArray(String[]::new))
            .maxReconnects(-1)
            .reconnectWait(RAW_PAUSE);
    try (var bus = Bus.connect(config);
        var raw = Nats.connect(options.build())) {
      bus.awaitConnected(PATIENCE);
      new PublishingProgram(bus, raw)
          .publish(
              Integer.parseInt(args[0]), Integer.parseInt(args[1]), Boolean.parseBoolean(args[2]));
    }
    System.out.println(DONE);
  }

  private void publish(int count, int rate, boolean hasPoison) {
    long begin = System.nanoTime();
    for (int number = 0; number < count; number++) {
      LockSupport.parkNanos(begin + number * 1_000_000_000L / rate - System.nanoTime());
      begin(number, hasPoison && Fate.of(number) == Fate.UNDECODABLE);
      if (number % rate == 0) {
        System.out.println("published " + number);
      }
    }
    published.forEach(CompletableFuture::join);
  }

  private void begin(long number, boolean isUndecodable) {
    CompletableFuture<?> sent =
        isUndecodable
            ? CompletableFuture.runAsync(() -> publishUndecodable(number), threads)
            : bus.events().publishAsync(Counted.newBuilder().setNumber(number).build(), id(number));
    published.add(
        sent.handle((done, failure) -> {
          if (failure != null) {
            tell(number, failure);
          }
          return number;
        }));
  }

  /** By this each event is known again, wherever it is. */
  static String id(long number) {
    return "counted:" + number;
  }

  private static void tell(long number, Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    String what =
        cause instanceof ServiceException error
            ? error.code()
                + " may have executed: "
                + error.mayHaveExecuted()
                + " "
                + error.message()
            : String.valueOf(cause);
    System.out.println(UNACKNOWLEDGED + number + " " + what);
  }

  /** What no program that uses the SDK would send. */
  private void publishUndecodable(long number) {
    byte[] payload = ("\377\377 no event " + number).getBytes(StandardCharsets.ISO_8859_1);
    var options = PublishOptions.builder().messageId(id(number)).build();
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      try {
        raw.jetStream().publish(SUBJECT, payload, options);
        return;
      } catch (IOException | JetStreamApiException | IllegalStateException e) {
        if (System.nanoTime() - end > 0) {
          throw new IllegalStateException("undecodable: " + e.getMessage(), e);
        }
        LockSupport.parkNanos(RAW_PAUSE.toNanos());
      }
    }
  }
}
