package io.bodybroker.protoc.compatibility;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.ServiceDescriptorProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.GenericDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import java.util.ArrayList;
import java.util.List;

/** How a declaration is called in a message, and where it stands. */
final class Declared {
  private Declared() {}

  /** {@code rpc weather.v1.Weather.GetWeather}. */
  static String title(GenericDescriptor of) {
    return switch (of) {
      case FieldDescriptor field when field.isExtension() -> "extension " + field.getFullName();
      case FieldDescriptor field ->
          "field %s (%d)".formatted(field.getFullName(), field.getNumber());
      case Descriptor message -> "message " + message.getFullName();
      case EnumDescriptor type -> "enum " + type.getFullName();
      case EnumValueDescriptor value ->
          "value %s.%s (%d)"
              .formatted(value.getType().getFullName(), value.getName(), value.getNumber());
      case ServiceDescriptor service -> "service " + service.getFullName();
      case MethodDescriptor method -> "rpc " + method.getFullName();
      default -> "file";
    };
  }

  /** {@code weather.proto:12:3}, or only the file where lines are not known. */
  static String position(GenericDescriptor of) {
    String file = of.getFile().getName();
    List<Integer> path = path(of);
    return of.getFile().toProto().getSourceCodeInfo().getLocationList().stream()
        .filter(location -> !path.isEmpty() && location.getPathList().equals(path))
        .findFirst()
        .map(found -> file + ":" + (found.getSpan(0) + 1) + ":" + (found.getSpan(1) + 1))
        .orElse(file);
  }

  /** Field numbers and indexes from the file on, as descriptor.proto describes them. */
  private static List<Integer> path(GenericDescriptor of) {
    return switch (of) {
      case Descriptor message when message.getContainingType() != null ->
          below(
              message.getContainingType(),
              DescriptorProto.NESTED_TYPE_FIELD_NUMBER,
              message.getIndex());
      case Descriptor message ->
          List.of(FileDescriptorProto.MESSAGE_TYPE_FIELD_NUMBER, message.getIndex());
      case FieldDescriptor field when field.isExtension() -> extensionPath(field);
      case FieldDescriptor field ->
          below(field.getContainingType(), DescriptorProto.FIELD_FIELD_NUMBER, field.getIndex());
      case EnumDescriptor type when type.getContainingType() != null ->
          below(type.getContainingType(), DescriptorProto.ENUM_TYPE_FIELD_NUMBER, type.getIndex());
      case EnumDescriptor type ->
          List.of(FileDescriptorProto.ENUM_TYPE_FIELD_NUMBER, type.getIndex());
      case EnumValueDescriptor value ->
          below(value.getType(), EnumDescriptorProto.VALUE_FIELD_NUMBER, value.getIndex());
      case ServiceDescriptor service ->
          List.of(FileDescriptorProto.SERVICE_FIELD_NUMBER, service.getIndex());
      case MethodDescriptor method ->
          below(method.getService(), ServiceDescriptorProto.METHOD_FIELD_NUMBER, method.getIndex());
      default -> List.of();
    };
  }

  private static List<Integer> extensionPath(FieldDescriptor extension) {
    Descriptor scope = extension.getExtensionScope();
    return scope == null
        ? List.of(FileDescriptorProto.EXTENSION_FIELD_NUMBER, extension.getIndex())
        : below(scope, DescriptorProto.EXTENSION_FIELD_NUMBER, extension.getIndex());
  }

  private static List<Integer> below(GenericDescriptor outer, int number, int index) {
    var path = new ArrayList<>(path(outer));
    path.add(number);
    path.add(index);
    return List.copyOf(path);
  }
}
