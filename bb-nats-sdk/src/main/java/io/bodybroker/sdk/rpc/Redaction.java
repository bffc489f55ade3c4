package io.bodybroker.sdk.rpc;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.UnknownFieldSet;
import java.util.HashSet;
import java.util.Set;

/**
 * What is left of a message where others than its receiver can read it, such as in a dead letter:
 * all but the fields that its contract marks with protobuf's own {@code debug_redact}.
 *
 * <p>Immutable and thread-safe.
 */
final class Redaction {
  /** Stands where a secret would. */
  static final String NOT_SHOWN = "(not shown)";

  /** What is said beside a payload that is not all there. */
  static final String NOTE = "; secret fields of the request are not kept";

  private final Message type;
  private final boolean isNeeded;

  private Redaction(Message type, boolean isNeeded) {
    this.type = type;
    this.isNeeded = isNeeded;
  }

  static Redaction of(Message type) {
    return new Redaction(type, hasSecrets(type.getDescriptorForType(), new HashSet<>()));
  }

  /** Whether a field is a secret. */
  static boolean isSecret(FieldDescriptor field) {
    return field.getOptions().getDebugRedact();
  }

  private static boolean hasSecrets(Descriptor type, Set<Descriptor> seen) {
    if (!seen.add(type)) {
      return false;
    }
    return type.getFields().stream()
        .anyMatch(field ->
            isSecret(field)
                || (field.getJavaType() == JavaType.MESSAGE
                    && hasSecrets(field.getMessageType(), seen)));
  }

  /** Whether messages of this type can hold a secret. */
  boolean isNeeded() {
    return isNeeded;
  }

  /**
   * What may be kept of a payload: byte for byte what came, if its type has no secrets; nothing, if
   * it has some and nobody can tell where they are.
   */
  ByteString payload(byte[] payload) {
    if (!isNeeded) {
      return ByteString.copyFrom(payload);
    }
    try {
      var message = type.getParserForType().parseFrom(payload).toBuilder();
      clear(message);
      return message.build().toByteString();
    } catch (InvalidProtocolBufferException e) {
      return ByteString.EMPTY;
    }
  }

  private static void clear(Message.Builder message) {
    // What a newer contract has under these numbers may be secret.
    message.setUnknownFields(UnknownFieldSet.getDefaultInstance());
    for (FieldDescriptor field : Set.copyOf(message.getAllFields().keySet())) {
      if (isSecret(field)) {
        message.clearField(field);
      } else if (field.getJavaType() == JavaType.MESSAGE) {
        clear(message, field);
      }
    }
  }

  private static void clear(Message.Builder message, FieldDescriptor field) {
    if (!field.isRepeated()) {
      message.setField(field, cleared((Message) message.getField(field)));
      return;
    }
    for (int i = 0; i < message.getRepeatedFieldCount(field); i++) {
      message.setRepeatedField(field, i, cleared((Message) message.getRepeatedField(field, i)));
    }
  }

  private static Message cleared(Message message) {
    var builder = message.toBuilder();
    clear(builder);
    return builder.build();
  }
}
