package io.bodybroker.sdk.store;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.ServiceException;
import java.util.Objects;

/** Documents of one type to bytes and back. */
final class DocumentCodec<T extends Message> {
  private final String type;
  private final Parser<T> parser;

  @SuppressWarnings("unchecked") // the parser of a message makes messages of its own class
  DocumentCodec(T defaultInstance) {
    this.type = defaultInstance.getDescriptorForType().getFullName();
    this.parser = (Parser<T>) defaultInstance.getParserForType();
  }

  ByteString encode(T document) {
    return Objects.requireNonNull(document, "value").toByteString();
  }

  /**
   * The document of a live entry.
   *
   * @throws ServiceException {@code INTERNAL} if the bytes are no such document
   */
  Versioned<T> decode(Entry entry) {
    try {
      return new Versioned<>(entry.key(), parser.parseFrom(entry.document()), entry.version());
    } catch (InvalidProtocolBufferException e) {
      throw ServiceException.builder(
              ErrorCode.INTERNAL, "\"" + entry.key() + "\" does not hold a " + type)
          .mayHaveExecuted(false)
          .cause(e)
          .build();
    }
  }

  /**
   * What an entry did to its key.
   *
   * @throws ServiceException as {@link #decode}
   */
  Change<T> change(Entry entry) {
    if (entry.deleted()) {
      return new Change.Deleted<>(entry.key(), entry.version());
    }
    return new Change.Put<>(entry.key(), decode(entry).value(), entry.version());
  }
}
