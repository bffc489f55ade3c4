package io.bodybroker.protoc.compatibility;

import com.google.protobuf.AnyProto;
import com.google.protobuf.ApiProto;
import com.google.protobuf.DescriptorProtos;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DurationProto;
import com.google.protobuf.EmptyProto;
import com.google.protobuf.FieldMaskProto;
import com.google.protobuf.SourceContextProto;
import com.google.protobuf.StructProto;
import com.google.protobuf.TimestampProto;
import com.google.protobuf.TypeProto;
import com.google.protobuf.WrappersProto;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Makes descriptors of files that import each other. Used once. */
final class ContractLinker {
  /**
   * protobuf-java's own, also where a set has them: its option classes know extensions of no other
   * descriptor.
   */
  private static final Map<String, FileDescriptor> OF_PROTOBUF =
      Stream.of(
              AnyProto.getDescriptor(),
              ApiProto.getDescriptor(),
              DescriptorProtos.getDescriptor(),
              DurationProto.getDescriptor(),
              EmptyProto.getDescriptor(),
              FieldMaskProto.getDescriptor(),
              SourceContextProto.getDescriptor(),
              StructProto.getDescriptor(),
              TimestampProto.getDescriptor(),
              TypeProto.getDescriptor(),
              WrappersProto.getDescriptor())
          .collect(Collectors.toUnmodifiableMap(FileDescriptor::getName, Function.identity()));

  private final Map<String, FileDescriptorProto> protos;
  private final Map<String, FileDescriptor> linked = new HashMap<>(OF_PROTOBUF);

  private ContractLinker(Map<String, FileDescriptorProto> protos) {
    this.protos = protos;
  }

  /**
   * All of these files by name, in order of names.
   *
   * @throws IllegalArgumentException if one imports what is not there, or does not fit it
   */
  static Map<String, FileDescriptor> link(Map<String, FileDescriptorProto> protos) {
    var linker = new ContractLinker(protos);
    var files = new LinkedHashMap<String, FileDescriptor>();
    protos.keySet().stream().sorted().forEach(name -> files.put(name, linker.file(name, name)));
    return files;
  }

  private FileDescriptor file(String name, String neededBy) {
    FileDescriptor known = linked.get(name);
    if (known != null) {
      return known;
    }
    FileDescriptorProto proto = protos.get(name);
    if (proto == null) {
      throw new IllegalArgumentException(
          "%s imports %s (expected: a descriptor set with all imports)".formatted(neededBy, name));
    }
    FileDescriptor[] imports =
        proto.getDependencyList().stream()
            .map(dependency -> file(dependency, name))
            .toArray(FileDescriptor[]::new);
    try {
      FileDescriptor file = FileDescriptor.buildFrom(proto, imports);
      linked.put(name, file);
      return file;
    } catch (DescriptorValidationException e) {
      throw new IllegalArgumentException(name + ": " + e.getMessage(), e);
    }
  }
}
