package io.bodybroker.gateway.json;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is known of a message type before any message is seen. Immutable and thread-safe. */
final class MessagePlan {
  final Descriptor type;
  final WellKnown kind;

  /** In the order of their numbers, which is the order of the wire and of JSON. */
  final FieldPlan[] fields;

  /** Bytes that an object of it needs for names and brackets. */
  final int frame;

  /**
   * Whether the wire tells all that JSON needs. What it does not tell: extensions, where groups
   * end, values that a closed enum does not have, and text that need not be UTF-8.
   */
  final boolean isPlain;

  private final NameTable<FieldPlan> names;

  MessagePlan(Descriptor type, Plans plans) {
    this.type = type;
    this.kind = WellKnown.of(type);
    this.fields = fields(type, plans);
    this.names = names(fields);
    this.isPlain = isPlain(type, new HashSet<>());
    int bytes = 2;
    for (FieldPlan field : fields) {
      bytes += field.name.length + 2;
    }
    this.frame = bytes;
  }

  private static FieldPlan[] fields(Descriptor type, Plans plans) {
    var sorted = new ArrayList<>(type.getFields());
    sorted.sort(Comparator.comparingInt(FieldDescriptor::getNumber));
    var fields = new FieldPlan[sorted.size()];
    for (int i = 0; i < fields.length; i++) {
      fields[i] = new FieldPlan(sorted.get(i), i, plans);
    }
    return fields;
  }

  private static NameTable<FieldPlan> names(FieldPlan[] fields) {
    var names = new HashMap<String, FieldPlan>();
    for (FieldPlan field : fields) {
      names.put(field.field.getJsonName(), field);
      names.put(field.field.getName(), field);
    }
    return NameTable.of(names);
  }

  private static boolean isPlain(Descriptor type, Set<Descriptor> seen) {
    if (!seen.add(type)) {
      return true;
    }
    return !type.isExtendable()
        && type.getFields().stream().allMatch(field -> isPlain(field, seen));
  }

  private static boolean isPlain(FieldDescriptor field, Set<Descriptor> seen) {
    return switch (field.getJavaType()) {
      case ENUM -> !field.legacyEnumFieldTreatedAsClosed();
      case STRING -> field.needsUtf8Check();
      case MESSAGE ->
          field.getType() != FieldDescriptor.Type.GROUP && isPlain(field.getMessageType(), seen);
      case INT, LONG, FLOAT, DOUBLE, BOOLEAN, BYTE_STRING -> true;
    };
  }

  FieldPlan field(FieldDescriptor field) {
    for (FieldPlan plan : fields) {
      if (plan.number == field.getNumber()) {
        return plan;
      }
    }
    throw new IllegalArgumentException(field + " is no field of " + type.getFullName());
  }

  /** The field of a name, as JSON writes it or the contract; or null. */
  @Nullable FieldPlan find(JsonTape tape, int name) {
    if (tape.kind(name) == JsonTape.STRING) {
      return names.find(tape.hash(name), tape.json(), tape.start(name) + 1, tape.stop(name) - 1);
    }
    return names.find(tape.text(name));
  }
}
