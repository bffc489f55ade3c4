package io.bodybroker.bench.startup;

import java.util.List;
import java.util.stream.Stream;

/**
 * One way to run the service.
 *
 * @param contender with what it is made, and its version
 * @param name the way, among those of the contender
 * @param flags what the JVM is told
 * @param program what follows them on the command line
 * @param readyPath what answers 200 over HTTP once it serves
 */
public record Variant(
    String contender, String name, List<String> flags, List<String> program, String readyPath) {
  /** Its lists are copied. */
  public Variant {
    flags = List.copyOf(flags);
    program = List.copyOf(program);
  }

  /** The same program, run in another way. */
  Variant as(String other, List<String> otherFlags) {
    return new Variant(contender, other, otherFlags, program, readyPath);
  }

  /** The same, with more flags. */
  Variant with(String flag) {
    return as(name, Stream.concat(flags.stream(), Stream.of(flag)).toList());
  }

  @Override
  public String toString() {
    return contender + ", " + name;
  }
}
