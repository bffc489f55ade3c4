package io.bodybroker.game;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.Message;
import io.bodybroker.sdk.v1.ContractProto;
import io.bodybroker.sdk.v1.Rules;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A request that keeps all rules of its contract but one.
 *
 * @param path of the field that breaks it
 * @param rule which, such as {@code max_length}
 * @param request all of it
 */
record Broken(String path, String rule, Message request) {
  private static final int DEPTH = 4;

  /** Each pattern of a contract matches one of these, and does not match one of the others. */
  private static final List<String> MATCHING =
      List.of("a", "1", "A1", "1.2", "d1", "p1", "q1", "txn-a-1", "callback.a");

  private static final List<String> NOT_MATCHING = List.of("a b", "..", "\u00e4");

  @Override
  public String toString() {
    return path + " " + rule;
  }

  /** For each rule of each field of a type, and of the types it holds, a request that breaks it. */
  static List<Broken> of(Message type) {
    var all = new ArrayList<Broken>();
    collect(type, "", DEPTH, UnaryOperator.identity(), all);
    return all;
  }

  /**
   * Adds those of a part of a request.
   *
   * @param whole makes a request of the part
   */
  private static void collect(
      Message type, String prefix, int depth, UnaryOperator<Message> whole, List<Broken> all) {
    for (FieldDescriptor field : type.getDescriptorForType().getFields()) {
      String path = prefix + field.getName();
      if (field.getOptions().hasExtension(ContractProto.rules)) {
        breaks(type, field, path)
            .forEach(
                part -> all.add(new Broken(part.path(), part.rule(), whole.apply(part.request()))));
      }
      if (field.getJavaType() == JavaType.MESSAGE && !field.isMapField() && depth > 0) {
        Message part = type.newBuilderForType().newBuilderForField(field).build();
        collect(
            part,
            path + (field.isRepeated() ? "[0]." : "."),
            depth - 1,
            inner -> whole.apply(with(type, field, inner)),
            all);
      }
    }
  }

  private static List<Broken> breaks(Message type, FieldDescriptor field, String path) {
    Rules rules = rules(field);
    var all = new ArrayList<Broken>();
    if (rules.getRequired()
        && (field.isRepeated() || field.hasPresence() || !isNumberOrBoolean(field))) {
      all.add(new Broken(path, "required", least(type).clearField(field).build()));
    }
    if (rules.hasMaxItems()) {
      all.add(new Broken(path, "max_items", tooMany(type, field, rules.getMaxItems() + 1)));
    }
    if (!field.isMapField()) {
      String at = path + (field.isRepeated() ? "[0]" : "");
      wrongValues(field)
          .forEach(
              wrong -> all.add(new Broken(at, wrong.rule(), with(type, field, wrong.value()))));
    }
    return all;
  }

  private static boolean isNumberOrBoolean(FieldDescriptor field) {
    return switch (field.getJavaType()) {
      case INT, LONG, FLOAT, DOUBLE, BOOLEAN -> true;
      case STRING, BYTE_STRING, ENUM, MESSAGE -> false;
    };
  }

  private static Message tooMany(Message type, FieldDescriptor field, int count) {
    var message = least(type).clearField(field);
    for (int i = 0; i < count; i++) {
      if (field.isMapField()) {
        var entry = message.newBuilderForField(field);
        FieldDescriptor key = entry.getDescriptorForType().findFieldByName("key");
        message.addRepeatedField(field, entry.setField(key, "k" + i).build());
      } else {
        message.addRepeatedField(field, value(message, field));
      }
    }
    return message.build();
  }

  private record Wrong(String rule, Object value) {}

  private static List<Wrong> wrongValues(FieldDescriptor field) {
    Rules rules = rules(field);
    var wrong = new ArrayList<Wrong>();
    if (rules.hasMin()) {
      wrong.add(new Wrong("min", number(field, Math.ceil(rules.getMin()) - 1)));
    }
    if (rules.hasMax()) {
      wrong.add(new Wrong("max", number(field, Math.floor(rules.getMax()) + 1)));
    }
    if (rules.hasMaxLength()) {
      wrong.add(new Wrong("max_length", text(field, rules.getMaxLength() + 1)));
    }
    if (rules.getMinLength() > 1) {
      wrong.add(new Wrong("min_length", text(field, rules.getMinLength() - 1)));
    }
    if (!rules.getPattern().isEmpty()) {
      wrong.add(new Wrong("pattern", first(NOT_MATCHING, rules.getPattern(), false)));
    }
    if (field.getJavaType() == JavaType.ENUM) {
      wrong.add(
          new Wrong("enum", field.getEnumType().findValueByNumberCreatingIfUnknown(1_000_000)));
    }
    return wrong;
  }

  private static Object text(FieldDescriptor field, int length) {
    return field.getJavaType() == JavaType.STRING
        ? "1".repeat(length)
        : ByteString.copyFrom(new byte[length]);
  }

  private static String first(List<String> texts, String pattern, boolean isMatching) {
    return texts.stream()
        .filter(text -> text.matches(pattern) == isMatching)
        .findFirst()
        .orElseThrow(
            () -> new AssertionError("no text here " + (isMatching ? "is " : "is not ") + pattern));
  }

  private static Object number(FieldDescriptor field, double value) {
    return switch (field.getJavaType()) {
      case INT -> (int) value;
      case LONG -> (long) value;
      case FLOAT -> (float) value;
      case DOUBLE -> value;
      case BOOLEAN, STRING, BYTE_STRING, ENUM, MESSAGE ->
          throw new AssertionError(field.getFullName() + " is no number");
    };
  }

  /** A message that keeps all rules, with this in a field. */
  private static Message with(Message type, FieldDescriptor field, Object value) {
    var message = least(type).clearField(field);
    return (field.isRepeated()
            ? message.addRepeatedField(field, value)
            : message.setField(field, value))
        .build();
  }

  /** What the rules demand. */
  private static Message.Builder least(Message type) {
    Message.Builder message = type.newBuilderForType();
    for (FieldDescriptor field : message.getDescriptorForType().getFields()) {
      Rules rules = rules(field);
      if (rules.getRequired() && field.isRepeated()) {
        message.addRepeatedField(field, value(message, field));
      } else if (rules.getRequired() || (!field.hasPresence() && rules.getMin() > 0)) {
        message.setField(field, value(message, field));
      }
    }
    return message;
  }

  private static Object value(Message.Builder owner, FieldDescriptor field) {
    Rules rules = rules(field);
    return switch (field.getJavaType()) {
      case INT, LONG, FLOAT, DOUBLE -> number(field, rules.getMin());
      case BOOLEAN -> true;
      case STRING ->
          rules.getPattern().isEmpty()
              ? "1".repeat(Math.max(1, rules.getMinLength()))
              : first(MATCHING, rules.getPattern(), true);
      case BYTE_STRING -> ByteString.copyFrom(new byte[Math.max(1, rules.getMinLength())]);
      case ENUM -> field.getEnumType().getValues().get(1);
      case MESSAGE -> least(owner.newBuilderForField(field).getDefaultInstanceForType()).build();
    };
  }

  private static Rules rules(FieldDescriptor field) {
    return field.getOptions().getExtension(ContractProto.rules);
  }
}
