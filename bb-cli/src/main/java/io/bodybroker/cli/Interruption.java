package io.bodybroker.cli;

import java.util.function.Supplier;

/** Says, when somebody ends the program in the middle (Ctrl-C), how far it came. */
final class Interruption implements AutoCloseable {
  private final Thread hook;

  private Interruption(Supplier<String> text) {
    this.hook = new Thread(() -> System.err.println("\nbb: interrupted: " + text.get()));
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** From now until it is closed. */
  static Interruption saying(Supplier<String> text) {
    return new Interruption(text);
  }

  @Override
  public void close() {
    if (hook.getState() == Thread.State.NEW) {
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException e) {
        // The end has begun meanwhile, so the hook speaks, which is what it is for.
        System.err.flush();
      }
    }
  }
}
