package io.bodybroker.gateway.json;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.TypeRegistry;
import com.google.protobuf.util.JsonFormat;
import io.bodybroker.gateway.refusal.Refusal;
import io.bodybroker.sdk.error.ServiceException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.function.BiConsumer;

/**
 * Protobuf messages from and to JSON in UTF-8.
 *
 * <p>What it writes: names in {@code lowerCamelCase}, every field without presence even at its
 * default, 64-bit integers as strings, enums by name, no space. What it reads: the same, names as
 * the contract writes them, numbers in strings, enums by number. What it refuses: text that is not
 * JSON, with line and column; unknown fields, wrong types and numbers out of range, each with the
 * path of the field, the value and what would be right.
 *
 * <p>Immutable and thread-safe.
 */
public final class JsonCodec {
  private final TypeRegistry types;
  private final FieldNames names;
  private final JsonFormat.Printer printer;

  /**
   * A codec.
   *
   * @param types what {@code google.protobuf.Any} may hold
   */
  public JsonCodec(TypeRegistry types) {
    this.types = types;
    this.names = new FieldNames();
    this.printer =
        JsonFormat.printer()
            .usingTypeRegistry(types)
            .alwaysPrintFieldsWithNoPresence()
            .omittingInsignificantWhitespace();
  }

  /**
   * Fills a message from JSON.
   *
   * @throws ServiceException {@code INVALID_ARGUMENT}, naming all that is wrong; the builder is
   *     then not to be used
   */
  public void read(byte[] json, Message.Builder builder) {
    read(json, (reader, value) -> reader.read(value, builder, ""));
  }

  /** As {@link #read}, but the JSON is the value of one field. */
  public void readField(byte[] json, Message.Builder builder, FieldDescriptor field) {
    read(json, (reader, value) -> reader.readField(value, builder, field, field.getName()));
  }

  private void read(byte[] json, BiConsumer<MessageReader, JsonValue> task) {
    String text = decode(json);
    JsonValue value;
    try {
      value = JsonParser.parse(text);
    } catch (JsonSyntaxException e) {
      throw Mistakes.syntax(text, e);
    }
    var mistakes = new Mistakes(text);
    task.accept(new MessageReader(names, new AnyTypes(types, mistakes), mistakes), value);
    mistakes.throwIfAny();
  }

  private static String decode(byte[] json) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(json)).toString();
    } catch (CharacterCodingException e) {
      throw Refusal.because("the body is not JSON: it is not UTF-8").cause(e).build();
    }
  }

  /** The message as a JSON object. */
  public byte[] write(Message message) {
    return text(message).getBytes(StandardCharsets.UTF_8);
  }

  /** One field of the message as JSON of its own: {@code null} for a message that is not set. */
  public byte[] writeField(Message message, FieldDescriptor field) {
    if (field.getJavaType() == JavaType.MESSAGE && !field.isRepeated()) {
      return message.hasField(field)
          ? write((Message) message.getField(field))
          : "null".getBytes(StandardCharsets.UTF_8);
    }
    var alone = message.newBuilderForType();
    alone.setField(field, message.getField(field));
    return valueOf(field.getJsonName(), text(alone.build())).getBytes(StandardCharsets.UTF_8);
  }

  /** Cuts the value of a member out of an object's text, so that it stays as protobuf wrote it. */
  private static String valueOf(String name, String object) {
    try {
      var parsed = (JsonValue.JsonObject) JsonParser.parse(object);
      var members = parsed.members();
      for (int i = 0; i < members.size(); i++) {
        if (members.get(i).name().equals(name)) {
          boolean isLast = i == members.size() - 1;
          int end = isLast ? object.length() - 1 : members.get(i + 1).offset() - 1;
          return object.substring(members.get(i).value().offset(), end);
        }
      }
      throw new IllegalStateException("no member " + name);
    } catch (JsonSyntaxException e) {
      throw new IllegalStateException("protobuf wrote what is not JSON", e);
    }
  }

  private String text(Message message) {
    try {
      return printer.print(message);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException(
          message.getDescriptorForType().getFullName() + " cannot be written as JSON", e);
    }
  }
}
