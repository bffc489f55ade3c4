package io.bodybroker.gateway.json;

import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/** Which fields of one message were named, and which of its oneofs are set. Not thread-safe. */
final class SeenFields {
  private final int firstOneof;
  private final @Nullable BitSet many;
  private long few;

  SeenFields(MessagePlan plan) {
    this.firstOneof = plan.fields.length;
    int bits = firstOneof + plan.type.getOneofs().size();
    this.many = bits > Long.SIZE ? new BitSet(bits) : null;
  }

  /** False if it was named before. */
  boolean add(FieldPlan field) {
    boolean isNew = !has(field.index);
    set(field.index);
    return isNew;
  }

  /** Whether another field is set that excludes this one. */
  boolean hasRival(FieldPlan field) {
    return field.oneof >= 0 && has(firstOneof + field.oneof);
  }

  /** The field has a value. */
  void set(FieldPlan field) {
    if (field.oneof >= 0) {
      set(firstOneof + field.oneof);
    }
  }

  private boolean has(int bit) {
    return many == null ? (few & 1L << bit) != 0 : many.get(bit);
  }

  private void set(int bit) {
    if (many == null) {
      few |= 1L << bit;
    } else {
      many.set(bit);
    }
  }
}
