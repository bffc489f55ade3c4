package io.bodybroker.sdk.journal;

import io.bodybroker.sdk.internal.KeyEncoding;
import io.bodybroker.sdk.internal.StreamReader;
import io.bodybroker.sdk.stream.StreamSpec;
import io.bodybroker.sdk.stream.Streams;

/** Where a journal is on the server: its stream, and the subjects of its keys. */
final class JournalStream {
  private final Streams streams;
  private final String name;
  private final StreamSpec spec;
  private final String prefix;

  JournalStream(Streams streams, String name) {
    this.streams = streams;
    this.name = name;
    this.spec = Journals.stream(name);
    this.prefix = "journal." + name + ".";
  }

  String name() {
    return name;
  }

  String stream() {
    return spec.name();
  }

  StreamSpec spec() {
    return spec;
  }

  Streams streams() {
    return streams;
  }

  /** What errors call it. */
  String what() {
    return "journal " + name;
  }

  String subject(String key) {
    return prefix + KeyEncoding.encode(key);
  }

  String everything() {
    return prefix + ">";
  }

  StreamReader.Source source() {
    return new StreamReader.Source(stream(), everything(), what());
  }

  String key(String subject) {
    return KeyEncoding.decode(subject.substring(prefix.length()));
  }

  /** Makes it unless it is known to exist. */
  void require() {
    streams.require(spec);
  }

  /** To be called when the server does not know it. */
  void forget() {
    streams.forget(spec);
  }
}
