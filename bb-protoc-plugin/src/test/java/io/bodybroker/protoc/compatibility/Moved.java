package io.bodybroker.protoc.compatibility;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import java.util.function.UnaryOperator;

/** A file whose package is another, with all names that follow from it. */
final class Moved {
  private Moved() {}

  static void toPackage(String name, FileDescriptorProto.Builder file) {
    String from = "." + file.getPackage() + ".";
    UnaryOperator<String> renamed = type -> type.replace(from, "." + name + ".");
    file.setPackage(name);
    file.getMessageTypeBuilderList().forEach(message -> rename(message, renamed));
    file.getServiceBuilder(0)
        .getMethodBuilderList()
        .forEach(method ->
            method
                .setInputType(renamed.apply(method.getInputType()))
                .setOutputType(renamed.apply(method.getOutputType())));
  }

  private static void rename(DescriptorProto.Builder message, UnaryOperator<String> renamed) {
    message.getFieldBuilderList().stream()
        .filter(field -> field.hasTypeName())
        .forEach(field -> field.setTypeName(renamed.apply(field.getTypeName())));
    message.getNestedTypeBuilderList().forEach(nested -> rename(nested, renamed));
  }
}
