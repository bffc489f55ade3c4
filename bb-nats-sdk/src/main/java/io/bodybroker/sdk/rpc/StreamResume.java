package io.bodybroker.sdk.rpc;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Message;
import io.bodybroker.sdk.v1.ContractProto;
import io.bodybroker.sdk.v1.ResumeOptions;
import java.util.Optional;

/**
 * How a stream goes on where it was broken off: a field of each response says where it stands, and
 * a field of the request where to begin after. What a contract says with {@code (resume)}.
 *
 * <p>Immutable.
 */
public final class StreamResume {
  private final FieldDescriptor position;
  private final FieldDescriptor after;

  private StreamResume(FieldDescriptor position, FieldDescriptor after) {
    this.position = position;
    this.after = after;
  }

  static Optional<StreamResume> of(MethodDescriptor method) {
    if (!method.getOptions().hasExtension(ContractProto.resume)) {
      return Optional.empty();
    }
    ResumeOptions options = method.getOptions().getExtension(ContractProto.resume);
    var position = field(method, method.getOutputType(), options.getPosition());
    var after = field(method, method.getInputType(), options.getAfter());
    if (!method.isServerStreaming() || position.getType() != after.getType()) {
      throw new IllegalArgumentException(
          "option resume of %s (expected: a stream of responses, and two fields of one type)"
              .formatted(method.getFullName()));
    }
    return Optional.of(new StreamResume(position, after));
  }

  private static FieldDescriptor field(MethodDescriptor method, Descriptor type, String name) {
    FieldDescriptor field = type.findFieldByName(name);
    if (field == null || field.isRepeated() || !isSuitable(field)) {
      throw new IllegalArgumentException(
          "option resume of %s: \"%s\" (expected: a string or integer field of %s)"
              .formatted(method.getFullName(), name, type.getFullName()));
    }
    return field;
  }

  private static boolean isSuitable(FieldDescriptor field) {
    return switch (field.getJavaType()) {
      case INT, LONG, STRING -> true;
      case FLOAT, DOUBLE, BOOLEAN, BYTE_STRING, ENUM, MESSAGE -> false;
    };
  }

  /** The field of a response that says where the stream stands. */
  public FieldDescriptor position() {
    return position;
  }

  /** The field of the request that says after which position to begin. */
  public FieldDescriptor after() {
    return after;
  }

  /** Where the stream stands with a response, as text. */
  public String positionOf(Message response) {
    return response.getField(position).toString();
  }

  /**
   * The request for what comes after a position given as text.
   *
   * @throws IllegalArgumentException if the text is no position, saying what would be right
   */
  @SuppressWarnings("unchecked") // a builder makes messages of its own type
  public <Q extends Message> Q after(Q request, String text) {
    return (Q) request.toBuilder().setField(after, parsed(text)).build();
  }

  private Object parsed(String text) {
    try {
      return switch (after.getJavaType()) {
        case INT -> Integer.valueOf(text);
        case LONG -> Long.valueOf(text);
        case STRING, FLOAT, DOUBLE, BOOLEAN, BYTE_STRING, ENUM, MESSAGE -> text;
      };
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "position \"%s\" (expected: a whole number)".formatted(text), e);
    }
  }

  /** The request for what comes after a response. */
  @SuppressWarnings("unchecked") // a builder makes messages of its own type
  <Q extends Message> Q after(Q request, Message last) {
    return (Q) request.toBuilder().setField(after, last.getField(position)).build();
  }
}
