package io.bodybroker.protoc.compatibility;

import com.google.api.AnnotationsProto;
import com.google.api.HttpRule;
import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumDescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumValueDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.DescriptorProtos.MethodDescriptorProto;
import com.google.protobuf.DescriptorProtos.ServiceDescriptorProto;
import com.google.protobuf.ExtensionRegistry;
import io.bodybroker.sdk.v1.ContractProto;
import io.bodybroker.sdk.v1.Rules;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** {@code greenhouse.proto} as protoc compiled it, to be changed by tests. */
final class Greenhouse {
  static final String FILE = "greenhouse/v1/greenhouse.proto";

  private final FileDescriptorProto.Builder file;

  private Greenhouse(FileDescriptorProto.Builder file) {
    this.file = file;
  }

  static ContractSet unchanged() {
    return changed(greenhouse -> {});
  }

  static ContractSet changed(Consumer<Greenhouse> change) {
    var set = compiled().toBuilder();
    int index =
        indexOf(set.getFileList().stream().map(FileDescriptorProto::getName).toList(), FILE);
    change.accept(new Greenhouse(set.getFileBuilder(index)));
    return ContractSet.of(set.build(), name -> name.startsWith("greenhouse/"));
  }

  static FileDescriptorSet compiled() {
    var options = ExtensionRegistry.newInstance();
    ContractProto.registerAllExtensions(options);
    AnnotationsProto.registerAllExtensions(options);
    try (var in = Greenhouse.class.getResourceAsStream("/contracts.binpb")) {
      return FileDescriptorSet.parseFrom(Objects.requireNonNull(in), options);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  FileDescriptorProto.Builder file() {
    return file;
  }

  ServiceDescriptorProto.Builder service() {
    return file.getServiceBuilder(0);
  }

  MethodDescriptorProto.Builder rpc(String name) {
    var names = service().getMethodList().stream().map(MethodDescriptorProto::getName).toList();
    return service().getMethodBuilder(indexOf(names, name));
  }

  HttpRule.Builder route(String rpc) {
    return rpc(rpc).getOptions().getExtension(AnnotationsProto.http).toBuilder();
  }

  void route(String rpc, HttpRule.Builder rule) {
    rpc(rpc).getOptionsBuilder().setExtension(AnnotationsProto.http, rule.build());
  }

  DescriptorProto.Builder message(String name) {
    return file.getMessageTypeBuilder(messageIndex(name));
  }

  int messageIndex(String name) {
    return indexOf(file.getMessageTypeList().stream().map(DescriptorProto::getName).toList(), name);
  }

  FieldDescriptorProto.Builder field(String message, String name) {
    return message(message).getFieldBuilder(fieldIndex(message, name));
  }

  int fieldIndex(String message, String name) {
    var fields = message(message).getFieldList();
    return indexOf(fields.stream().map(FieldDescriptorProto::getName).toList(), name);
  }

  void rules(String message, String field, Consumer<Rules.Builder> change) {
    var options = field(message, field).getOptionsBuilder();
    var rules = options.getExtension(ContractProto.rules).toBuilder();
    change.accept(rules);
    options.setExtension(ContractProto.rules, rules.build());
  }

  EnumDescriptorProto.Builder season() {
    return file.getEnumTypeBuilder(0);
  }

  EnumValueDescriptorProto.Builder value(String name) {
    var names = season().getValueList().stream().map(EnumValueDescriptorProto::getName).toList();
    return season().getValueBuilder(indexOf(names, name));
  }

  static FieldDescriptorProto.Builder newField(String name, FieldDescriptorProto.Type type) {
    return FieldDescriptorProto.newBuilder()
        .setName(name)
        .setNumber(100)
        .setType(type)
        .setLabel(FieldDescriptorProto.Label.LABEL_OPTIONAL);
  }

  private static int indexOf(List<String> names, String name) {
    return IntStream.range(0, names.size())
        .filter(index -> names.get(index).equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError(name + " is not among " + names));
  }
}
