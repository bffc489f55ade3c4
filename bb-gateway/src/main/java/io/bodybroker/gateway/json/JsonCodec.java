package io.bodybroker.gateway.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.TypeRegistry;
import com.google.protobuf.UnsafeByteOperations;
import com.google.protobuf.util.JsonFormat;
import io.bodybroker.gateway.refusal.Refusal;
import io.bodybroker.sdk.error.ServiceException;
import java.io.IOException;
import java.util.Arrays;

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
  /** Room for a value that is at its default. */
  private static final int SHORT_VALUE = 32;

  private static final byte[] NULL = JsonOutput.ascii("null");

  private final Plans plans = new Plans();
  private final AnyTypes anyTypes;
  private final AnyWriter anyWriter;
  private final JsonFormat.Printer printer;

  /**
   * A codec.
   *
   * @param types what {@code google.protobuf.Any} may hold
   */
  public JsonCodec(TypeRegistry types) {
    this.printer =
        JsonFormat.printer()
            .usingTypeRegistry(types)
            .alwaysPrintFieldsWithNoPresence()
            .omittingInsignificantWhitespace();
    this.anyTypes = new AnyTypes(types, plans);
    this.anyWriter = new AnyWriter(types, plans, printer);
  }

  /**
   * Fills a message from JSON.
   *
   * @throws ServiceException {@code INVALID_ARGUMENT}, naming all that is wrong; the builder is
   *     then not to be used
   */
  public void read(byte[] json, Message.Builder builder) {
    MessageReader reader = reader(json);
    reader.read(0, plans.of(builder.getDescriptorForType()));
    fill(builder, reader);
  }

  /** As {@link #read}, but the JSON is the value of one field. */
  public void readField(byte[] json, Message.Builder builder, FieldDescriptor field) {
    MessageReader reader = reader(json);
    FieldPlan plan = plans.of(builder.getDescriptorForType()).field(field);
    reader.trail.field(plan);
    reader.readField(0, plan);
    fill(builder, reader);
  }

  private MessageReader reader(byte[] json) {
    if (!UnsafeByteOperations.unsafeWrap(json).isValidUtf8()) {
      throw Refusal.because("the body is not JSON: it is not UTF-8").build();
    }
    JsonTape tape;
    try {
      tape = JsonParser.parse(json);
    } catch (JsonSyntaxException e) {
      throw Mistakes.syntax(json, e);
    }
    var out = new WireOutput(json.length);
    return new MessageReader(tape, out, new FieldTrail(tape), new Mistakes(json), anyTypes);
  }

  private static void fill(Message.Builder builder, MessageReader reader) {
    reader.mistakes.throwIfAny();
    try {
      builder.mergeFrom(reader.out.input());
    } catch (IOException e) {
      String type = builder.getDescriptorForType().getFullName();
      throw new IllegalStateException(type + " is not read as it was written", e);
    }
  }

  /**
   * The message as a JSON object.
   *
   * @throws IllegalStateException if JSON has no form for it: a time beyond the year 9999, or an
   *     {@code Any} of a type that nobody here knows
   */
  public byte[] write(Message message) {
    try {
      return json(message);
    } catch (InvalidProtocolBufferException | IllegalArgumentException e) {
      throw notWritable(message, e);
    }
  }

  private byte[] json(Message message) throws InvalidProtocolBufferException {
    MessagePlan plan = plans.of(message.getDescriptorForType());
    if (!plan.isPlain) {
      return printer.print(message).getBytes(UTF_8);
    }
    byte[] wire = message.toByteArray();
    var out = new JsonOutput(plan.frame + 2 * wire.length);
    new MessageWriter(wire, out, anyWriter).message(plan);
    return out.toByteArray();
  }

  /**
   * One field of the message as JSON of its own: {@code null} for a message that is not set.
   *
   * @throws IllegalStateException as {@link #write}
   */
  public byte[] writeField(Message message, FieldDescriptor field) {
    if (field.getJavaType() == JavaType.MESSAGE && !field.isRepeated()) {
      return message.hasField(field) ? write((Message) message.getField(field)) : NULL.clone();
    }
    var alone = message.newBuilderForType().setField(field, message.getField(field)).build();
    try {
      return fieldJson(alone, field);
    } catch (InvalidProtocolBufferException | IllegalArgumentException e) {
      throw notWritable(message, e);
    }
  }

  private byte[] fieldJson(Message alone, FieldDescriptor field)
      throws InvalidProtocolBufferException {
    MessagePlan plan = plans.of(alone.getDescriptorForType());
    if (!plan.isPlain) {
      return valueOf(field.getJsonName(), printer.print(alone).getBytes(UTF_8));
    }
    byte[] wire = alone.toByteArray();
    var out = new JsonOutput(2 * wire.length + SHORT_VALUE);
    new MessageWriter(wire, out, anyWriter).only(plan.field(field));
    return out.toByteArray();
  }

  private static IllegalStateException notWritable(Message message, Exception cause) {
    String type = message.getDescriptorForType().getFullName();
    return new IllegalStateException(type + " cannot be written as JSON", cause);
  }

  /** Cuts the value of a member out of an object's text, so that it stays as protobuf wrote it. */
  private static byte[] valueOf(String name, byte[] object) {
    try {
      JsonTape tape = JsonParser.parse(object);
      int value = tape.member(0, name);
      return Arrays.copyOfRange(object, tape.start(value), tape.stop(value));
    } catch (JsonSyntaxException e) {
      throw new IllegalStateException("protobuf wrote what is not JSON", e);
    }
  }
}
