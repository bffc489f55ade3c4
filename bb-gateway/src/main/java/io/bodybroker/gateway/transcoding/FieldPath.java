package io.bodybroker.gateway.transcoding;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.Message;
import com.google.protobuf.MessageOrBuilder;
import io.bodybroker.gateway.json.FieldNames;
import io.bodybroker.gateway.json.FieldText;
import io.bodybroker.gateway.json.WellKnown;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A field of a request, or of a message within it: {@code item.id}.
 *
 * @param fields from the request inwards; all but the last are single messages
 */
public record FieldPath(List<FieldDescriptor> fields) {
  /** Copies the list. */
  public FieldPath {
    fields = List.copyOf(fields);
  }

  /** Follows names joined by dots; null if there is no such field. */
  static @Nullable FieldPath find(FieldNames names, Descriptor type, String dotted) {
    var fields = new ArrayList<FieldDescriptor>();
    Descriptor current = type;
    for (String name : dotted.split("\\.", -1)) {
      FieldDescriptor field = current == null ? null : names.find(current, name);
      if (field == null) {
        return null;
      }
      fields.add(field);
      current = isPlainMessage(field) ? field.getMessageType() : null;
    }
    return new FieldPath(fields);
  }

  /** Whether it leads to a message, whose fields can be given instead. */
  public boolean isMessage() {
    return isPlainMessage(leaf());
  }

  private static boolean isPlainMessage(FieldDescriptor field) {
    return field.getJavaType() == JavaType.MESSAGE
        && !field.isRepeated()
        && WellKnown.of(field.getMessageType()) == WellKnown.NONE;
  }

  /** The field at its end. */
  public FieldDescriptor leaf() {
    return fields.getLast();
  }

  /** The name as the contract has it, {@code item.id}. */
  public String name() {
    return fields.stream().map(FieldDescriptor::getName).collect(Collectors.joining("."));
  }

  /** The name as JSON has it, {@code itemSet.id}. */
  public String jsonName() {
    return fields.stream().map(FieldDescriptor::getJsonName).collect(Collectors.joining("."));
  }

  /** Whether text can stand for the field, or for one element of it. */
  boolean isText() {
    return !leaf().isMapField() && FieldText.isPossibleFor(leaf());
  }

  /** The value that the text stands for, or null if it stands for none. */
  @Nullable Object parse(Message.Builder request, String text) {
    return FieldText.parse(owner(request), leaf(), text);
  }

  /** Sets the field, or appends to it if it is repeated. */
  void put(Message.Builder request, Object value) {
    Message.Builder owner = owner(request);
    if (leaf().isRepeated()) {
      owner.addRepeatedField(leaf(), value);
    } else {
      owner.setField(leaf(), value);
    }
  }

  /** The field's value, if it is there and not its default. */
  Optional<Object> get(MessageOrBuilder request) {
    MessageOrBuilder owner = request;
    for (FieldDescriptor field : fields.subList(0, fields.size() - 1)) {
      owner = (Message) owner.getField(field);
    }
    Object value = owner.getField(leaf());
    boolean isThere =
        leaf().hasPresence() ? owner.hasField(leaf()) : !value.equals(leaf().getDefaultValue());
    return isThere ? Optional.of(value) : Optional.empty();
  }

  /** A field that is set and that a {@code oneof} on the way here excludes, if there is one. */
  Optional<FieldDescriptor> rival(MessageOrBuilder request) {
    MessageOrBuilder owner = request;
    for (FieldDescriptor field : fields) {
      var oneof = field.getRealContainingOneof();
      if (oneof != null && owner.hasOneof(oneof) && !owner.hasField(field)) {
        return Optional.ofNullable(owner.getOneofFieldDescriptor(oneof));
      }
      if (field != leaf()) {
        owner = (Message) owner.getField(field);
      }
    }
    return Optional.empty();
  }

  private Message.Builder owner(Message.Builder request) {
    Message.Builder owner = request;
    for (FieldDescriptor field : fields.subList(0, fields.size() - 1)) {
      owner = owner.getFieldBuilder(field);
    }
    return owner;
  }
}
