package io.bodybroker.gateway.json;

import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes a message in protobuf's wire format from parsed JSON; the message's own generated code
 * then parses it, faster than its fields could be set by reflection. A mistake is noted with the
 * path of its field, and reading goes on, so that a caller learns of all at once; what was written
 * by then is not to be used. One for each text.
 */
final class MessageReader {
  final JsonTape tape;
  final WireOutput out;
  final FieldTrail trail;
  final Mistakes mistakes;
  private final AnyTypes anyTypes;
  private final ScalarReader scalars;
  private final TimeReader times;
  private final FreeJson free;

  MessageReader(
      JsonTape tape, WireOutput out, FieldTrail trail, Mistakes mistakes, AnyTypes anyTypes) {
    this.tape = tape;
    this.out = out;
    this.trail = trail;
    this.mistakes = mistakes;
    this.anyTypes = anyTypes;
    this.scalars = new ScalarReader(tape, out);
    this.times = new TimeReader(tape, out);
    this.free = new FreeJson(tape, out, scalars);
  }

  /** One that goes on here, but writes elsewhere. */
  MessageReader into(WireOutput other) {
    return new MessageReader(tape, other, trail, mistakes, anyTypes);
  }

  void read(int node, MessagePlan plan) {
    switch (plan.kind) {
      case TIMESTAMP, DURATION, FIELD_MASK -> readText(node, plan.kind);
      case WRAPPER -> readField(node, plan.fields[0]);
      case STRUCT, VALUE, LIST_VALUE -> readFree(node, plan.kind);
      case ANY -> anyTypes.read(node, this);
      case NONE -> readObject(node, plan);
    }
  }

  private void readText(int node, WellKnown kind) {
    if (!times.read(node, kind)) {
      mistake(node, FieldText.expected(kind));
    }
  }

  private void readFree(int node, WellKnown kind) {
    if (!free.read(kind, node)) {
      mistake(node, FieldText.expected(kind));
    }
  }

  private void readObject(int node, MessagePlan plan) {
    if (tape.kind(node) == JsonTape.OBJECT) {
      members(node, plan, "");
    } else if (trail.isEmpty()) {
      trail.name("body");
      mistake(node, "an object");
      trail.back();
    } else {
      mistake(node, "an object");
    }
  }

  /**
   * The members of an object as the fields of a message.
   *
   * @param besides a name that is none of a field; empty if there is none such
   */
  void members(int object, MessagePlan plan, String besides) {
    var seen = new SeenFields(plan);
    int next;
    for (int name = JsonTape.first(object); name < tape.end(object); name = next) {
      int value = tape.next(name);
      next = tape.next(value);
      FieldPlan field = plan.find(tape, name);
      if (field != null) {
        member(name, value, field, seen);
      } else if (besides.isEmpty() || !tape.isText(name, besides)) {
        trail.name(tape.text(name));
        mistake(shown(value), FieldNames.expected(plan.type), tape.start(name));
        trail.back();
      }
    }
  }

  private void member(int name, int value, FieldPlan field, SeenFields seen) {
    trail.field(field);
    if (!seen.add(field)) {
      mistake(shown(value), "each field once", tape.start(name));
    } else if (seen.hasRival(field)) {
      String oneof = field.field.getContainingOneof().getName();
      mistake(shown(value), "only one of the fields of " + oneof, tape.start(name));
    } else if (readField(value, field)) {
      seen.set(field);
    }
    trail.back();
  }

  /**
   * {@code null} is as good as leaving the field out, but where it is a value itself.
   *
   * @return whether the field is set
   */
  boolean readField(int node, FieldPlan field) {
    if (tape.kind(node) == JsonTape.NULL && (field.isRepeated || !field.isNullAValue)) {
      return false;
    }
    if (field.isMap) {
      readMap(node, field);
      return true;
    }
    if (field.isRepeated) {
      readArray(node, field);
      return true;
    }
    return readSingle(node, field);
  }

  private void readArray(int node, FieldPlan field) {
    if (tape.kind(node) != JsonTape.ARRAY) {
      mistake(node, "an array");
      return;
    }
    boolean isPacked = field.field.isPacked() && !tape.isEmpty(node);
    int start = 0;
    if (isPacked) {
      out.varint(field.packedTag);
      start = out.begin();
    }
    int index = 0;
    for (int i = JsonTape.first(node); i < tape.end(node); i = tape.next(i)) {
      trail.element(index++);
      if (isPacked) {
        scalar(i, field);
      } else {
        readSingle(i, field);
      }
      trail.back();
    }
    if (isPacked) {
      out.end(start);
    }
  }

  private void readMap(int node, FieldPlan field) {
    if (tape.kind(node) != JsonTape.OBJECT) {
      mistake(node, "an object");
      return;
    }
    FieldPlan[] entry = field.message().fields;
    Set<Object> seen = null;
    int next;
    for (int name = JsonTape.first(node); name < tape.end(node); name = next) {
      int value = tape.next(name);
      next = tape.next(value);
      seen = seen == null && !entry[0].isString() ? new HashSet<>() : seen;
      trail.entry(name);
      out.varint(field.tag);
      int start = out.begin();
      readEntry(name, value, entry, seen);
      out.end(start);
      trail.back();
    }
  }

  /** The parser has seen to it that texts are unlike; "1" and "1.0" are two names, but one key. */
  private void readEntry(int name, int value, FieldPlan[] entry, @Nullable Set<Object> seen) {
    FieldPlan key = entry[0];
    if (seen == null) {
      out.varint(key.tag);
      tape.copyText(name, out);
    } else {
      Object parsed = scalars.key(name, key);
      if (parsed == null) {
        mistake(
            trail.isSecret() ? FieldText.NOT_SHOWN : tape.text(name),
            FieldText.expected(key.field),
            tape.start(name));
        return;
      }
      if (!seen.add(parsed)) {
        mistake(shown(value), "each key once", tape.start(name));
        return;
      }
    }
    readSingle(value, entry[1]);
  }

  private boolean readSingle(int node, FieldPlan field) {
    if (tape.kind(node) == JsonTape.NULL && !field.isNullAValue) {
      mistake(tape.describe(node), FieldText.expected(field.field), tape.start(node));
      return false;
    }
    out.varint(field.tag);
    if (!field.isMessage()) {
      return scalar(node, field);
    }
    if (field.isGroup()) {
      read(node, field.message());
      out.varint(field.number << 3 | WireInput.END_GROUP);
    } else {
      int start = out.begin();
      read(node, field.message());
      out.end(start);
    }
    return true;
  }

  private boolean scalar(int node, FieldPlan field) {
    if (tape.kind(node) == JsonTape.NULL && !field.isNullAValue) {
      mistake(tape.describe(node), FieldText.expected(field.field), tape.start(node));
      return false;
    }
    boolean isGood = scalars.read(node, field);
    if (!isGood) {
      mistake(node, FieldText.expected(field.field));
    }
    return isGood;
  }

  void mistake(int node, String expected) {
    mistake(shown(node), expected, tape.start(node));
  }

  void mistake(String value, String expected, int offset) {
    if (!mistakes.isFull()) {
      mistakes.add(trail.path(), value, expected, offset);
    }
  }

  /** What came, but for a field that is a secret by its contract ({@code debug_redact}). */
  private String shown(int node) {
    return trail.isSecret() ? FieldText.NOT_SHOWN : tape.describe(node);
  }
}
