package io.bodybroker.fuzz;

import com.google.protobuf.Message;
import java.util.Arrays;
import java.util.Random;

/** Payloads for a request of any type: bytes, messages, and messages with some bytes wrong. */
final class RandomPayloads {
  private final Random random;
  private final RandomRequests requests;

  RandomPayloads(Random random) {
    this.random = random;
    this.requests = new RandomRequests(random);
  }

  byte[] next(Message type) {
    return switch (random.nextInt(8)) {
      case 0, 1, 2 -> requests.bytes(random.nextInt(48));
      case 3, 4 -> requests.any(type).toByteArray();
      case 5, 6 -> mutated(requests.allowed(type).toByteArray());
      default -> requests.allowed(type).toByteArray();
    };
  }

  private byte[] mutated(byte[] payload) {
    byte[] bytes =
        switch (random.nextInt(3)) {
          case 0 -> Arrays.copyOf(payload, random.nextInt(payload.length + 1));
          case 1 -> twice(payload);
          default -> payload;
        };
    for (int changes = random.nextInt(4); changes > 0 && bytes.length > 0; changes--) {
      bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
    }
    return bytes;
  }

  /** Protobuf merges what is concatenated. */
  private static byte[] twice(byte[] payload) {
    byte[] bytes = Arrays.copyOf(payload, 2 * payload.length);
    System.arraycopy(payload, 0, bytes, payload.length, payload.length);
    return bytes;
  }
}
