package io.bodybroker.gateway.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.util.JsonEnumvalueOptionsProto;
import java.util.HashMap;
import org.jspecify.annotations.Nullable;

/** How the values of an enum are written and read. Immutable and thread-safe. */
final class EnumPlan {
  private static final byte[] NULL = JsonOutput.ascii("null");
  private static final String NULL_VALUE = "google.protobuf.NullValue";

  private final EnumDescriptor type;
  private final boolean isNull;

  /** Quoted, by index of the value. */
  private final byte[][] texts;

  private final NameTable<EnumValueDescriptor> names;

  EnumPlan(EnumDescriptor type) {
    this.type = type;
    this.isNull = type.getFullName().equals(NULL_VALUE);
    this.texts = new byte[type.getValues().size()][];
    var byName = new HashMap<String, EnumValueDescriptor>();
    for (EnumValueDescriptor value : type.getValues()) {
      texts[value.getIndex()] = text(value);
      byName.put(value.getName(), value);
    }
    this.names = NameTable.of(byName);
  }

  /** A contract may give a value another text in JSON; protobuf writes that. */
  private static byte[] text(EnumValueDescriptor value) {
    var options = value.getOptions().getExtension(JsonEnumvalueOptionsProto.json);
    if (options.hasString()) {
      var text = new JsonOutput(options.getString().length() + 2);
      text.string(options.getString());
      return text.toByteArray();
    }
    return ('"' + value.getName() + '"').getBytes(UTF_8);
  }

  /** Whether its one value is written {@code null}. */
  boolean isNull() {
    return isNull;
  }

  /** A number without a name is written as a number, as a newer contract may have one. */
  void write(int number, JsonOutput out) {
    EnumValueDescriptor value = type.findValueByNumber(number);
    if (isNull) {
      out.put(NULL);
    } else if (value == null) {
      out.whole(number);
    } else {
      out.put(texts[value.getIndex()]);
    }
  }

  /** The value of a name, a string on the tape; or null. */
  @Nullable EnumValueDescriptor find(JsonTape tape, int node) {
    if (tape.kind(node) == JsonTape.ESCAPED_STRING) {
      return names.find(tape.text(node));
    }
    int from = tape.start(node) + 1;
    int to = tape.stop(node) - 1;
    return names.find(NameTable.hash(tape.json(), from, to), tape.json(), from, to);
  }
}
