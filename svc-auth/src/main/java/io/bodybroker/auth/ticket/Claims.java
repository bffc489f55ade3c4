package io.bodybroker.auth.ticket;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import com.google.protobuf.Value.KindCase;
import com.google.protobuf.util.JsonFormat;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A JSON object within a ticket. */
record Claims(Struct object) {
  /** The greatest whole number of seconds that a date of the game's can have: year 9999. */
  private static final double LATEST = 253_402_300_799.0;

  /**
   * Reads it.
   *
   * @param part which part of the ticket it is, for the refusal
   */
  static Claims read(byte[] json, String part) throws RefusedTicketException {
    try {
      // Refuses what is not UTF-8, rather than to put something in its place.
      var text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(json)).toString();
      var object = Struct.newBuilder();
      JsonFormat.parser().merge(text, object);
      return new Claims(object.build());
    } catch (CharacterCodingException | InvalidProtocolBufferException e) {
      throw new RefusedTicketException("its " + part + " is no JSON object");
    }
  }

  /** A string; empty if there is none of that name, or it is something else. */
  Optional<String> text(String name) {
    return value(name, KindCase.STRING_VALUE).map(Value::getStringValue);
  }

  /** A string, or each string of a list. */
  List<String> texts(String name) {
    return value(name, KindCase.LIST_VALUE)
        .map(list ->
            list.getListValue().getValuesList().stream().map(Value::getStringValue).toList())
        .orElseGet(() -> text(name).stream().toList());
  }

  /** A time (RFC 7519, NumericDate): seconds since 1970, perhaps with a fraction. */
  Optional<Instant> time(String name) {
    return value(name, KindCase.NUMBER_VALUE)
        .map(Value::getNumberValue)
        .filter(seconds -> seconds >= 0 && seconds <= LATEST)
        .map(seconds -> Instant.ofEpochSecond(seconds.longValue()));
  }

  boolean has(String name) {
    return object.containsFields(name);
  }

  private Optional<Value> value(String name, KindCase kind) {
    return Optional.ofNullable(object.getFieldsMap().get(name))
        .filter(value -> value.getKindCase() == kind);
  }
}
