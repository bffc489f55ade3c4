package io.bodybroker.sdk.journal;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.ServiceException;
import org.jspecify.annotations.Nullable;

/** Messages of one type to bytes and back. */
final class EntryCodec<T extends Message> {
  private static final byte[] NOTHING = {};

  private final String type;
  private final Parser<T> parser;

  @SuppressWarnings("unchecked") // the parser of a message makes messages of its own class
  EntryCodec(T defaultInstance) {
    this.type = defaultInstance.getDescriptorForType().getFullName();
    this.parser = (Parser<T>) defaultInstance.getParserForType();
  }

  /**
   * The entry that a message is.
   *
   * @throws ServiceException {@code INTERNAL} if its bytes are none
   */
  JournalEntry<T> decode(String key, byte @Nullable [] bytes, long position) {
    try {
      return new JournalEntry<>(key, parser.parseFrom(bytes == null ? NOTHING : bytes), position);
    } catch (InvalidProtocolBufferException e) {
      throw ServiceException.builder(
              ErrorCode.INTERNAL,
              "the entry of \"%s\" at position %d is no %s".formatted(key, position, type))
          .mayHaveExecuted(false)
          .cause(e)
          .build();
    }
  }
}
