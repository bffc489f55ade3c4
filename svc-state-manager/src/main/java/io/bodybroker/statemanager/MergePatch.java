package io.bodybroker.statemanager;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import com.google.protobuf.Value.KindCase;
import org.jspecify.annotations.Nullable;

/**
 * JSON Merge Patch (RFC 7396) on protobuf's JSON types: members are added or replaced, objects
 * merged member by member, and a member given as null is removed. Everything else, lists as well,
 * is replaced whole.
 */
final class MergePatch {
  private MergePatch() {}

  /** A document with a patch merged into it. */
  static Struct apply(Struct document, Struct patch) {
    var merged = document.toBuilder();
    patch
        .getFieldsMap()
        .forEach((name, value) -> {
          if (value.getKindCase() == KindCase.NULL_VALUE) {
            merged.removeFields(name);
          } else {
            merged.putFields(name, merged(document.getFieldsMap().get(name), value));
          }
        });
    return merged.build();
  }

  /** What is not an object is taken for an empty one by an object that is merged into it. */
  private static Value merged(@Nullable Value old, Value patch) {
    if (patch.getKindCase() != KindCase.STRUCT_VALUE) {
      return patch;
    }
    var base = old == null ? Struct.getDefaultInstance() : old.getStructValue();
    return Value.newBuilder().setStructValue(apply(base, patch.getStructValue())).build();
  }
}
