package io.bodybroker.fuzz;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import io.bodybroker.sdk.rpc.RpcMethod;
import io.nats.client.Connection;
import io.nats.client.Dispatcher;
import io.nats.client.Message;
import io.nats.client.impl.Headers;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.IntStream;

/**
 * Many requests to one subject, some of them under way at once, and what becomes of each. A stream
 * is cancelled as soon as it is open, which is its answer.
 */
final class Volley implements AutoCloseable {
  /** Fewer than an endpoint serves at once, so that none is shed. */
  private static final int UNDER_WAY = 64;

  private static final int LONGEST_SHOWN = 200;
  private static final int OPENED = 1;
  private static final int ENDED = 2;
  private static final String PROBE = "probe";
  private static final Set<String> DEFECTS = Set.of("INTERNAL", "UNKNOWN", "CODE_UNSPECIFIED");

  private final RpcMethod<?, ?> method;
  private final Connection stranger;
  private final long seed;
  private final String inbox;
  private final Dispatcher replies;
  private final AtomicIntegerArray states;
  private final Answers answers = new Answers();
  private final Set<String> defects = new ConcurrentSkipListSet<>();
  private final Semaphore room = new Semaphore(UNDER_WAY);
  private final RandomRequests probes;
  private int probeCount;
  private volatile CompletableFuture<String> probed = new CompletableFuture<>();

  /**
   * Requests to be sent.
   *
   * @param seed makes the same ones again
   */
  Volley(RpcMethod<?, ?> method, Connection stranger, int count, long seed) {
    this.method = method;
    this.stranger = stranger;
    this.seed = seed;
    this.probes = new RandomRequests(new Random(seed));
    this.inbox = stranger.createInbox();
    this.states = new AtomicIntegerArray(count);
    this.replies = stranger.createDispatcher(this::receive);
    this.replies.setPendingLimits(-1, -1);
    this.replies.subscribe(inbox + ".*");
  }

  /** Sends all and waits until each is answered, or one is not within the bound. */
  void fire(Duration bound) throws InterruptedException {
    for (int i = 0; i < states.length(); i++) {
      if (!room.tryAcquire(bound.toMillis(), MILLISECONDS)) {
        return;
      }
      stranger.publish(method.subject(), inbox + "." + i, headers(i), payload(i));
    }
    if (room.tryAcquire(UNDER_WAY, bound.toMillis(), MILLISECONDS)) {
      room.release(UNDER_WAY);
    }
  }

  /**
   * Sends one more request, which keeps all rules, and returns its answer's code. All services
   * answer on one connection: when this answer is there, so is every second answer to those before.
   */
  String probe(Duration bound) throws Exception {
    var answer = new CompletableFuture<String>();
    probed = answer;
    stranger.publish(
        method.subject(),
        inbox + "." + PROBE,
        new Headers().put("Bb-Timeout-Ms", String.valueOf(bound.toMillis())),
        nextProbe());
    return answer.get(2 * bound.toMillis(), MILLISECONDS);
  }

  /** What is demanded alone does not always make sense, and neither does more by chance. */
  private byte[] nextProbe() {
    var type = method.requestDefault();
    var probe = probeCount++ % 2 == 0 ? probes.least(type) : probes.allowed(type);
    return probe.toByteArray();
  }

  Answers answers() {
    return answers;
  }

  /** What is wrong, each with what makes the request again; empty if nothing is. */
  List<String> defects() {
    IntStream.range(0, states.length())
        .filter(number -> states.get(number) == 0)
        .limit(10)
        .forEach(number -> defects.add("no answer to " + request(number)));
    return List.copyOf(defects);
  }

  @Override
  public void close() {
    stranger.closeDispatcher(replies);
  }

  private byte[] payload(int number) {
    return new RandomPayloads(random(number)).next(method.requestDefault());
  }

  private Headers headers(int number) {
    return new RandomHeaders(random(~number)).next();
  }

  /**
   * One for each request, so that it can be made again without those before it. Mixed, because
   * {@link Random} begins alike for neighbouring seeds.
   */
  private Random random(int number) {
    return new Random(new SplittableRandom(seed + number).nextLong());
  }

  private String request(int number) {
    String payload = HexFormat.of().formatHex(payload(number));
    String shown =
        payload.length() > LONGEST_SHOWN ? payload.substring(0, LONGEST_SHOWN) + "…" : payload;
    return "request %d of seed %d: %s under %s"
        .formatted(number, seed, shown, headers(number).keySet());
  }

  private void receive(Message frame) {
    String number = frame.getSubject().substring(inbox.length() + 1);
    Answers.code(frame, method.isServerStreaming())
        .ifPresentOrElse(code -> ended(number, code), () -> opened(number, frame));
  }

  private void ended(String number, String code) {
    if (number.equals(PROBE)) {
      probed.complete(code);
      return;
    }
    answers.count(code);
    int index = Integer.parseInt(number);
    int before = states.getAndUpdate(index, state -> state | ENDED);
    if (before == 0) {
      room.release();
    }
    if ((before & ENDED) != 0) {
      defects.add("one more answer, " + code + ", to " + request(index));
    } else if (DEFECTS.contains(code) || code.contains(" ")) {
      defects.add(code + " to " + request(index));
    }
  }

  private void opened(String number, Message frame) {
    if (frame.getReplyTo() != null) {
      stranger.publish(
          frame.getReplyTo(), new Headers().put("Bb-Stream-Status", "cancel"), new byte[0]);
    }
    if (number.equals(PROBE)) {
      probed.complete(Answers.OPEN);
    } else if (states.getAndUpdate(Integer.parseInt(number), state -> state | OPENED) == 0) {
      answers.count(Answers.OPEN);
      room.release();
    }
  }
}
