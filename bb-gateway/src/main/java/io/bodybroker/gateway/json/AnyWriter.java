package io.bodybroker.gateway.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.FieldMask;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.TypeRegistry;
import com.google.protobuf.util.FieldMaskUtil;
import com.google.protobuf.util.JsonFormat;

/**
 * Writes what is rare: {@code Any}, whose content comes from elsewhere and so is parsed first, and
 * {@code FieldMask}. Immutable and thread-safe.
 */
final class AnyWriter {
  private static final byte[] TYPE = JsonOutput.ascii("{\"@type\":");
  private static final byte[] VALUE = JsonOutput.ascii(",\"value\":");
  private static final byte[] NOTHING = JsonOutput.ascii("{}");

  private final TypeRegistry types;
  private final Plans plans;
  private final JsonFormat.Printer printer;

  AnyWriter(TypeRegistry types, Plans plans, JsonFormat.Printer printer) {
    this.types = types;
    this.plans = plans;
    this.printer = printer;
  }

  void mask(ByteString message, JsonOutput out) throws InvalidProtocolBufferException {
    out.string(FieldMaskUtil.toJsonString(FieldMask.parseFrom(message)));
  }

  /**
   * An object that names its own type.
   *
   * @throws InvalidProtocolBufferException if nobody here knows the type, or it is not of it
   */
  void any(ByteString message, JsonOutput out) throws InvalidProtocolBufferException {
    Any any = Any.parseFrom(message);
    if (any.equals(Any.getDefaultInstance())) {
      out.put(NOTHING);
      return;
    }
    Descriptor type = types.getDescriptorForTypeUrl(any.getTypeUrl());
    if (type == null) {
      throw new InvalidProtocolBufferException("no type is known by " + any.getTypeUrl());
    }
    MessagePlan plan = plans.of(type);
    if (!plan.isPlain) {
      out.put(printer.print(any).getBytes(UTF_8));
      return;
    }
    byte[] content = DynamicMessage.parseFrom(type, any.getValue()).toByteArray();
    var writer = new MessageWriter(content, out, this);
    out.put(TYPE);
    out.string(any.getTypeUrl());
    if (plan.kind == WellKnown.NONE) {
      writer.furtherMembers(plan);
    } else {
      out.put(VALUE);
      writer.message(plan);
    }
    out.put('}');
  }
}
