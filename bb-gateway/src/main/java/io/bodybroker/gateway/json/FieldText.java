package io.bodybroker.gateway.json;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.Message;
import com.google.protobuf.util.Durations;
import com.google.protobuf.util.FieldMaskUtil;
import java.text.ParseException;
import java.util.Base64;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One line of text as the value of a field, as paths and queries have it; and what to say if it is
 * not one.
 */
public final class FieldText {
  /** Stands for a value that is a secret. */
  public static final String NOT_SHOWN = "(not shown)";

  private static final int MAX_NAMES = 30;

  private FieldText() {}

  /** Whether text can stand for one value of the field. */
  public static boolean isPossibleFor(FieldDescriptor field) {
    return field.getJavaType() != JavaType.MESSAGE || WellKnown.of(field.getMessageType()).isText();
  }

  /**
   * Reads one value; of a repeated field, one element.
   *
   * @param owner a builder of the message the field belongs to; only asked for builders of its
   *     fields
   * @return null if the text is no value of the field
   */
  public static @Nullable Object parse(Message.Builder owner, FieldDescriptor field, String text) {
    return switch (field.getJavaType()) {
      case STRING -> text;
      case BOOLEAN -> bool(text);
      case BYTE_STRING -> bytes(text);
      case ENUM -> constant(field.getEnumType(), text);
      case INT, LONG, FLOAT, DOUBLE -> number(field, text);
      case MESSAGE -> message(owner.newBuilderForField(field), text);
    };
  }

  private static @Nullable Message message(Message.Builder builder, String text) {
    var type = builder.getDescriptorForType();
    if (WellKnown.of(type) != WellKnown.WRAPPER) {
      return wellKnown(WellKnown.of(type), text);
    }
    FieldDescriptor wrapped = type.findFieldByNumber(1);
    Object value = parse(builder, wrapped, text);
    return value == null ? null : builder.setField(wrapped, value).build();
  }

  static @Nullable Message wellKnown(WellKnown kind, String text) {
    try {
      return switch (kind) {
        case TIMESTAMP -> Rfc3339.parse(text);
        case DURATION -> Durations.parse(text);
        case FIELD_MASK -> FieldMaskUtil.fromJsonString(text);
        case WRAPPER, STRUCT, VALUE, LIST_VALUE, ANY, NONE -> null;
      };
    } catch (ParseException | IllegalArgumentException | ArithmeticException e) {
      return null;
    }
  }

  static @Nullable Object number(FieldDescriptor field, String text) {
    return switch (field.getType()) {
      case INT32, SINT32, SFIXED32 -> Numbers.int32(text);
      case UINT32, FIXED32 -> Numbers.uint32(text);
      case INT64, SINT64, SFIXED64 -> Numbers.int64(text);
      case UINT64, FIXED64 -> Numbers.uint64(text);
      case FLOAT -> Numbers.float32(text);
      case DOUBLE -> Numbers.float64(text);
      case BOOL, STRING, BYTES, ENUM, MESSAGE, GROUP ->
          throw new IllegalArgumentException(field.getFullName() + " is no number");
    };
  }

  static @Nullable Boolean bool(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> null;
    };
  }

  /** Base64 in either alphabet, with or without padding. */
  static @Nullable ByteString bytes(String text) {
    try {
      String standard = text.replace('-', '+').replace('_', '/');
      return ByteString.copyFrom(Base64.getDecoder().decode(standard));
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static @Nullable EnumValueDescriptor constant(EnumDescriptor type, String text) {
    EnumValueDescriptor byName = type.findValueByName(text);
    return byName == null ? constantByNumber(type, text) : byName;
  }

  /** Enums are open: a number without a name is kept, as a newer contract may have one. */
  static @Nullable EnumValueDescriptor constantByNumber(EnumDescriptor type, String text) {
    Integer number = Numbers.int32(text);
    return number == null ? null : type.findValueByNumberCreatingIfUnknown(number);
  }

  /** What one value of the field may be, for the one who sent something else. */
  public static String expected(FieldDescriptor field) {
    return switch (field.getType()) {
      case INT32, SINT32, SFIXED32 -> "a whole number from -2147483648 to 2147483647";
      case UINT32, FIXED32 -> "a whole number from 0 to 4294967295";
      case INT64, SINT64, SFIXED64 ->
          "a whole number from -9223372036854775808 to 9223372036854775807";
      case UINT64, FIXED64 -> "a whole number from 0 to 18446744073709551615";
      case FLOAT -> "a number of single precision, up to 3.4e38";
      case DOUBLE -> "a number of double precision, up to 1.7e308";
      case BOOL -> "true or false";
      case STRING -> "a text";
      case BYTES -> "bytes in Base64";
      case ENUM -> expected(field.getEnumType());
      case MESSAGE, GROUP -> expectedMessage(field);
    };
  }

  private static String expected(EnumDescriptor type) {
    return "one of "
        + type.getValues().stream()
            .limit(MAX_NAMES)
            .map(EnumValueDescriptor::getName)
            .collect(Collectors.joining(", "));
  }

  private static String expectedMessage(FieldDescriptor field) {
    var type = field.getMessageType();
    var kind = WellKnown.of(type);
    return kind == WellKnown.WRAPPER ? expected(type.findFieldByNumber(1)) : expected(kind);
  }

  static String expected(WellKnown kind) {
    return switch (kind) {
      case TIMESTAMP -> "a time such as \"2026-01-31T12:00:00Z\"";
      case DURATION -> "a duration in seconds such as \"1.5s\"";
      case FIELD_MASK -> "field names such as \"name,owner.id\"";
      case LIST_VALUE -> "an array";
      case VALUE, WRAPPER -> "a value";
      case STRUCT, ANY, NONE -> "an object";
    };
  }
}
