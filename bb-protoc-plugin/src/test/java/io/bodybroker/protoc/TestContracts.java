package io.bodybroker.protoc;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.TextFormat;
import com.google.protobuf.compiler.PluginProtos.CodeGeneratorRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;

/** Requests as protoc sends them. */
final class TestContracts {
  private TestContracts() {}

  /** For files of {@code src/test/proto}, as protoc compiled them in this build. */
  static CodeGeneratorRequest compiled(List<String> filesToGenerate) {
    return CodeGeneratorRequest.newBuilder()
        .addAllProtoFile(files())
        .addAllFileToGenerate(filesToGenerate)
        .build();
  }

  /** For all files of {@code src/test/proto}. */
  static CodeGeneratorRequest allCompiled() {
    return compiled(
        files().stream()
            .map(FileDescriptorProto::getName)
            .filter(name -> !name.startsWith("google/"))
            .toList());
  }

  /** For files written as text of a {@code FileDescriptorProto}, all to be generated. */
  static CodeGeneratorRequest written(String... descriptors) {
    var request = CodeGeneratorRequest.newBuilder();
    for (String descriptor : descriptors) {
      try {
        var file = TextFormat.parse(descriptor, FileDescriptorProto.class);
        request.addProtoFile(file).addFileToGenerate(file.getName());
      } catch (TextFormat.ParseException e) {
        throw new IllegalArgumentException(descriptor, e);
      }
    }
    return request.build();
  }

  private static List<FileDescriptorProto> files() {
    try (var in = TestContracts.class.getResourceAsStream("/contracts.binpb")) {
      return FileDescriptorSet.parseFrom(Objects.requireNonNull(in)).getFileList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
