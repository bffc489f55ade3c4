package io.bodybroker.protoc;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import com.google.protobuf.GeneratorNames;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The top-level classes that protobuf-java generates for all files protoc knows in a run: names
 * that ours must not repeat, and that hide those of {@code java.lang} in their own package.
 */
final class MessageClasses {
  /** From package to simple name to what the class is generated from. */
  private final Map<String, Map<String, String>> origins = new HashMap<>();

  private MessageClasses() {}

  static MessageClasses of(Collection<FileDescriptor> files) {
    var classes = new MessageClasses();
    files.forEach(classes::addFile);
    return classes;
  }

  private void addFile(FileDescriptor file) {
    add(file, GeneratorNames.getFileClassName(file), "file " + file.getName());
    for (Descriptor message : file.getMessageTypes()) {
      if (!GeneratorNames.getNestInFileClass(message)) {
        add(file, message.getName(), "message " + message.getFullName());
        add(file, message.getName() + "OrBuilder", "message " + message.getFullName());
      }
    }
    for (EnumDescriptor type : file.getEnumTypes()) {
      if (!GeneratorNames.getNestInFileClass(type)) {
        add(file, type.getName(), "enum " + type.getFullName());
      }
    }
    if (file.getOptions().getJavaGenericServices()) {
      for (ServiceDescriptor service : file.getServices()) {
        add(file, service.getName(), "generic service " + service.getFullName());
      }
    }
  }

  private void add(FileDescriptor file, String simpleName, String origin) {
    origins
        .computeIfAbsent(GeneratorNames.getFileJavaPackage(file), name -> new HashMap<>())
        .put(simpleName, origin);
  }

  /** What a class is generated from, if protobuf-java generates it. */
  Optional<String> origin(JavaType type) {
    return Optional.ofNullable(origins.getOrDefault(type.packageName(), Map.of()).get(type.name()));
  }

  /** The simple names of those in a package. */
  Set<String> namesIn(String packageName) {
    return origins.getOrDefault(packageName, Map.of()).keySet();
  }
}
