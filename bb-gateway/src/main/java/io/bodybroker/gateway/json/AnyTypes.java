package io.bodybroker.gateway.json;

import com.google.protobuf.Any;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.TypeRegistry;
import io.bodybroker.gateway.json.JsonValue.JsonObject;
import io.bodybroker.gateway.json.JsonValue.JsonString;
import io.bodybroker.gateway.json.JsonValue.Member;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code google.protobuf.Any}: an object that names its type in {@code @type}, of those the
 * contracts know.
 */
final class AnyTypes {
  private static final String TYPE = "@type";
  private static final String VALUE = "value";

  private final TypeRegistry types;
  private final Mistakes mistakes;

  AnyTypes(TypeRegistry types, Mistakes mistakes) {
    this.types = types;
    this.mistakes = mistakes;
  }

  void read(JsonValue value, Message.Builder builder, String path, MessageReader reader) {
    if (!(value instanceof JsonObject object)) {
      mistakes.add(path, value, "an object with \"" + TYPE + "\"");
      return;
    }
    if (object.members().isEmpty()) {
      return;
    }
    String url = member(object, TYPE).map(AnyTypes::text).orElse("");
    Descriptor type = find(url);
    if (type == null) {
      mistakes.add(path + "." + TYPE, url, "the URL of a known type", value.offset());
      return;
    }
    var content = DynamicMessage.newBuilder(type);
    if (WellKnown.of(type) == WellKnown.NONE) {
      Predicate<Member> isType = member -> member.name().equals(TYPE);
      reader.readMembers(object.members().stream().filter(isType.negate()).toList(), content, path);
    } else {
      member(object, VALUE)
          .ifPresentOrElse(
              inner -> reader.read(inner, content, path + "." + VALUE),
              () -> mistakes.add(path + "." + VALUE, value, "a value"));
    }
    builder.mergeFrom(
        Any.newBuilder().setTypeUrl(url).setValue(content.build().toByteString()).build());
  }

  private @Nullable Descriptor find(String url) {
    try {
      return types.getDescriptorForTypeUrl(url);
    } catch (InvalidProtocolBufferException e) {
      return null; // not a type URL at all
    }
  }

  private static Optional<JsonValue> member(JsonObject object, String name) {
    return object.members().stream()
        .filter(member -> member.name().equals(name))
        .map(Member::value)
        .findFirst();
  }

  private static String text(JsonValue value) {
    return value instanceof JsonString string ? string.text() : "";
  }
}
