package io.bodybroker.gateway.json;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.TypeRegistry;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code google.protobuf.Any}: an object that names its type in {@code @type}, of those the
 * contracts know.
 */
final class AnyTypes {
  static final String TYPE = "@type";
  private static final String VALUE = "value";

  /** It grows; one within another would else keep as much as the text is long, each. */
  private static final int ENOUGH_FOR_MOST = 256;

  private static final int TYPE_URL = 1 << 3 | WireInput.DELIMITED;
  private static final int CONTENT = 2 << 3 | WireInput.DELIMITED;

  private final TypeRegistry types;
  private final Plans plans;

  AnyTypes(TypeRegistry types, Plans plans) {
    this.types = types;
    this.plans = plans;
  }

  void read(int node, MessageReader reader) {
    JsonTape tape = reader.tape;
    if (tape.kind(node) != JsonTape.OBJECT) {
      reader.mistake(node, "an object with \"" + TYPE + "\"");
      return;
    }
    if (tape.isEmpty(node)) {
      return;
    }
    int typeNode = tape.member(node, TYPE);
    String url = typeNode >= 0 && tape.isString(typeNode) ? tape.text(typeNode) : "";
    Descriptor type = find(url);
    if (type == null) {
      reader.trail.name(TYPE);
      reader.mistake(url, "the URL of a known type", tape.start(node));
      reader.trail.back();
      return;
    }
    var content = new WireOutput(Math.min(ENOUGH_FOR_MOST, tape.stop(node) - tape.start(node)));
    readContent(node, plans.of(type), reader.into(content));
    if (!reader.mistakes.isEmpty()) {
      return; // what is not good need not become a message
    }
    reader.out.varint(TYPE_URL);
    reader.out.text(url);
    reader.out.varint(CONTENT);
    reader.out.delimited(canonical(type, content));
  }

  private static void readContent(int node, MessagePlan plan, MessageReader reader) {
    if (plan.kind == WellKnown.NONE) {
      reader.members(node, plan, TYPE);
      return;
    }
    reader.trail.name(VALUE);
    int value = reader.tape.member(node, VALUE);
    if (value < 0) {
      reader.mistake(node, "a value");
    } else {
      reader.read(value, plan);
    }
    reader.trail.back();
  }

  /** As everybody else serializes it: fields in their order, none that says nothing. */
  private static byte[] canonical(Descriptor type, WireOutput content) {
    try {
      return DynamicMessage.newBuilder(type).mergeFrom(content.input()).build().toByteArray();
    } catch (IOException e) {
      throw new IllegalStateException(type.getFullName() + " is not read as it was written", e);
    }
  }

  private @Nullable Descriptor find(String url) {
    try {
      return types.getDescriptorForTypeUrl(url);
    } catch (InvalidProtocolBufferException e) {
      return null; // not a type URL at all
    }
  }
}
