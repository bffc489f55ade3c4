package io.bodybroker.protoc.compatibility;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.GenericDescriptor;
import com.google.protobuf.Message;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A declaration's option that is a message, read by names: two versions of a contract have two
 * descriptors of it.
 *
 * @param message the option
 */
record DeclaredOption(Message message) {
  static final String ACCESS = "bodybroker.sdk.v1.access";
  static final String EVENT = "bodybroker.sdk.v1.event";
  static final String RESUME = "bodybroker.sdk.v1.resume";
  static final String RULES = "bodybroker.sdk.v1.rules";
  static final String HTTP = "google.api.http";

  /** The option of that name, if the declaration has it. */
  static Optional<DeclaredOption> of(GenericDescriptor declaration, String name) {
    return options(declaration).getAllFields().entrySet().stream()
        .filter(option -> option.getKey().isExtension())
        .filter(option -> option.getKey().getFullName().equals(name))
        .map(Map.Entry::getValue)
        .filter(Message.class::isInstance)
        .map(option -> new DeclaredOption((Message) option))
        .findFirst();
  }

  private static Message options(GenericDescriptor declaration) {
    Message proto = declaration.toProto();
    return (Message) proto.getField(proto.getDescriptorForType().findFieldByName("options"));
  }

  /** Whether the field is set. */
  boolean has(String field) {
    return found(field).filter(message::hasField).isPresent();
  }

  /** A text; empty if it is not set, or this version of the option does not have it. */
  String text(String field) {
    return found(field).map(known -> message.getField(known).toString()).orElse("");
  }

  /** The texts of a list. */
  List<String> texts(String field) {
    return found(field)
        .map(message::getField)
        .map(value -> value instanceof List<?> list ? list : List.of(value))
        .orElse(List.of())
        .stream()
        .map(Object::toString)
        .toList();
  }

  /** A number; 0 if it is not set. */
  double number(String field) {
    return found(field).map(known -> ((Number) message.getField(known)).doubleValue()).orElse(0d);
  }

  /** A truth; false if it is not set. */
  boolean isTrue(String field) {
    return found(field).map(known -> (Boolean) message.getField(known)).orElse(false);
  }

  /** The messages of a list, or the one message of a field that is set. */
  List<DeclaredOption> messages(String field) {
    return found(field)
        .filter(known -> known.isRepeated() || message.hasField(known))
        .map(message::getField)
        .map(value -> value instanceof List<?> list ? list : List.of(value))
        .orElse(List.of())
        .stream()
        .map(one -> new DeclaredOption((Message) one))
        .toList();
  }

  private Optional<FieldDescriptor> found(String field) {
    return Optional.ofNullable(message.getDescriptorForType().findFieldByName(field));
  }
}
