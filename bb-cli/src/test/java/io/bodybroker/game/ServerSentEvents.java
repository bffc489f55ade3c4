package io.bodybroker.game;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import java.util.Iterator;
import java.util.stream.Stream;

/** The messages of a stream of server-sent events, as a browser reads them. */
final class ServerSentEvents implements AutoCloseable {
  private static final String ID = "id: ";
  private static final String DATA = "data: ";

  private final Stream<String> lines;
  private final Iterator<String> iterator;
  private String lastId = "";

  private ServerSentEvents(Stream<String> lines) {
    this.lines = lines;
    this.iterator = lines.iterator();
  }

  static ServerSentEvents of(Stream<String> lines) {
    return new ServerSentEvents(lines);
  }

  /** The id of the message that was read last. */
  String lastId() {
    return lastId;
  }

  /** The next message; waits for it. */
  @SuppressWarnings("unchecked") // a builder makes messages of its own class
  <T extends Message> T next(T type) {
    while (iterator.hasNext()) {
      String line = iterator.next();
      if (line.startsWith(ID)) {
        lastId = line.substring(ID.length());
      } else if (line.startsWith(DATA)) {
        try {
          var builder = type.newBuilderForType();
          JsonFormat.parser().merge(line.substring(DATA.length()), builder);
          return (T) builder.build();
        } catch (InvalidProtocolBufferException e) {
          throw new AssertionError("no " + type.getDescriptorForType().getName() + ": " + line, e);
        }
      }
    }
    throw new AssertionError("the stream ended");
  }

  @Override
  public void close() {
    lines.close();
  }
}
