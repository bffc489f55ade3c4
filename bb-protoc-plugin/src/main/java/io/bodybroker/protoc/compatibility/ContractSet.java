package io.bodybroker.protoc.compatibility;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.ExtensionRegistry;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Contracts with all they import, as protoc describes them.
 *
 * <p>Immutable and thread-safe.
 */
public final class ContractSet {
  private final Map<String, FileDescriptor> files;
  private final List<FileDescriptor> own;
  private final ExtensionRegistry options;

  private ContractSet(
      Map<String, FileDescriptor> files, Predicate<String> isOwn, ExtensionRegistry options) {
    this.files = files;
    this.own = files.values().stream().filter(file -> isOwn.test(file.getName())).toList();
    this.options = options;
  }

  /**
   * Contracts as protoc writes them with {@code --include_imports}, with {@code
   * --include_source_info} too if messages are to have lines.
   *
   * @param isOwn which files, by their names for imports, are the contracts; the others are only
   *     there because they are imported
   * @throws IllegalArgumentException if a file imports what is not there; files of protobuf itself
   *     may be missing
   */
  public static ContractSet of(FileDescriptorSet descriptors, Predicate<String> isOwn) {
    var protos = new LinkedHashMap<String, FileDescriptorProto>();
    descriptors.getFileList().forEach(file -> protos.putIfAbsent(file.getName(), file));
    ExtensionRegistry options = declaredOptions(ContractLinker.link(protos).values());
    protos.replaceAll((name, file) -> withOptions(file, options));
    return new ContractSet(ContractLinker.link(protos), isOwn, options);
  }

  private static ExtensionRegistry declaredOptions(Collection<FileDescriptor> files) {
    var registry = ExtensionRegistry.newInstance();
    files.stream()
        .flatMap(ContractSet::extensions)
        .forEach(extension -> {
          if (extension.getJavaType() == JavaType.MESSAGE) {
            var empty = DynamicMessage.getDefaultInstance(extension.getMessageType());
            registry.add(extension, empty);
          } else {
            registry.add(extension);
          }
        });
    return registry;
  }

  /** Options are unknown fields until their declarations are known. */
  private static FileDescriptorProto withOptions(
      FileDescriptorProto file, ExtensionRegistry options) {
    try {
      return FileDescriptorProto.parseFrom(file.toByteString(), options);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException(file.getName() + ": an option is not as declared", e);
    }
  }

  /** The names for imports of the contracts, without what they only import. */
  public Set<String> fileNames() {
    return own.stream().map(FileDescriptor::getName).collect(Collectors.toUnmodifiableSet());
  }

  /** The contracts, without what they only import. */
  List<FileDescriptor> files() {
    return own;
  }

  /** These contracts in place of its own, with the same imports. */
  ContractSet with(Collection<FileDescriptorProto> contracts) {
    var protos = new LinkedHashMap<String, FileDescriptorProto>();
    contracts.forEach(file -> protos.put(file.getName(), file));
    files.forEach((name, file) -> protos.putIfAbsent(name, file.toProto()));
    var names = contracts.stream().map(FileDescriptorProto::getName).collect(Collectors.toSet());
    return new ContractSet(ContractLinker.link(protos), names::contains, options);
  }

  /** Which options there are, for parsers. */
  ExtensionRegistry options() {
    return options;
  }

  Map<String, FileDescriptor> filesByName() {
    return byName(own.stream(), FileDescriptor::getName);
  }

  /** Nested ones too, but no entries of maps, which nobody names. */
  Map<String, Descriptor> messages() {
    return byName(
        own.stream()
            .flatMap(file -> file.getMessageTypes().stream())
            .flatMap(ContractSet::withNested)
            .filter(message -> !message.getOptions().getMapEntry()),
        Descriptor::getFullName);
  }

  Map<String, EnumDescriptor> enums() {
    return byName(
        own.stream()
            .flatMap(file ->
                Stream.concat(
                    file.getEnumTypes().stream(),
                    file.getMessageTypes().stream()
                        .flatMap(ContractSet::withNested)
                        .flatMap(message -> message.getEnumTypes().stream()))),
        EnumDescriptor::getFullName);
  }

  Map<String, ServiceDescriptor> services() {
    return byName(
        own.stream().flatMap(file -> file.getServices().stream()), ServiceDescriptor::getFullName);
  }

  /** By what they extend and their number in it. */
  Map<String, FieldDescriptor> extensions() {
    return byName(
        own.stream().flatMap(ContractSet::extensions),
        extension -> extension.getContainingType().getFullName() + "/" + extension.getNumber());
  }

  private static Stream<FieldDescriptor> extensions(FileDescriptor file) {
    return Stream.concat(
        file.getExtensions().stream(),
        file.getMessageTypes().stream()
            .flatMap(ContractSet::withNested)
            .flatMap(message -> message.getExtensions().stream()));
  }

  private static Stream<Descriptor> withNested(Descriptor message) {
    return Stream.concat(
        Stream.of(message), message.getNestedTypes().stream().flatMap(ContractSet::withNested));
  }

  private static <T> Map<String, T> byName(Stream<T> all, Function<T, String> name) {
    return all.collect(
        Collectors.toMap(name, Function.identity(), (one, other) -> one, LinkedHashMap::new));
  }
}
