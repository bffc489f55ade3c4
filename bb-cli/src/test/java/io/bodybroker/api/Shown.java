package io.bodybroker.api;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Something of everything that the lines of an API are made of. */
public abstract class Shown<T extends Comparable<T>> extends Hidden implements AutoCloseable {
  public static final int LIMIT = 1;
  protected @Nullable String name;
  String unseen = "";

  protected Shown() {}

  public <R> Optional<R> map(Function<? super T, ? extends R> to, @Nullable T[] all, int... more)
      throws IOException {
    return Optional.empty();
  }

  protected abstract Map.@Nullable Entry<String, ?> entry();

  void unseen() {}

  @Override
  public String toString() {
    return unseen;
  }

  public sealed interface Case permits One {}

  public record One(String text) implements Case {}

  public @interface Marked {
    String value();

    int count() default 1;
  }
}
