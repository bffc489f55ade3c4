package io.bodybroker.testkit;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Neighbouring ports of which one JVM disposes. It has them as long as it holds the lock of a file
 * below {@code java.io.tmpdir}, which the operating system takes from it when it ends, however that
 * is.
 *
 * @param first of them
 * @param count how many
 * @param lock what is locked; null if the ports are shared
 */
record PortBlock(int first, int count, @Nullable FileChannel lock) {
  private static final int FIRST = 20_000;
  private static final int SIZE = 200;
  private static final int BLOCKS = 60;

  /** Of this JVM: to close another channel of a file that it has locked would undo the lock. */
  private static final Set<Integer> OURS = ConcurrentHashMap.newKeySet();

  /** One that nobody has; all there are if there is none, to be shared with the others then. */
  static PortBlock claim() {
    int start = ThreadLocalRandom.current().nextInt(BLOCKS);
    try {
      Path directory =
          Files.createDirectories(
              Path.of(Objects.requireNonNull(System.getProperty("java.io.tmpdir")))
                  .resolve("bb-testkit-ports"));
      for (int i = 0; i < BLOCKS; i++) {
        int first = FIRST + (start + i) % BLOCKS * SIZE;
        if (OURS.add(first)) {
          FileChannel lock = lock(directory.resolve(first + ".lock"));
          if (lock != null) {
            return new PortBlock(first, SIZE, lock);
          }
          OURS.remove(first);
        }
      }
    } catch (IOException e) {
      // Nothing can be locked there. Whoever loses a port to another tries a different one.
    }
    return new PortBlock(FIRST, BLOCKS * SIZE, null);
  }

  /** The open file, locked; null if another JVM has it. */
  private static @Nullable FileChannel lock(Path file) throws IOException {
    var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (channel.tryLock() != null) {
      return channel;
    }
    channel.close();
    return null;
  }
}
