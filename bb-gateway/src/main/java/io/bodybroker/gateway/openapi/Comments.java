package io.bodybroker.gateway.openapi;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.DescriptorProtos.ServiceDescriptorProto;
import com.google.protobuf.DescriptorProtos.SourceCodeInfo.Location;
import com.google.protobuf.Descriptors.GenericDescriptor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The comments of contracts. Generated Java code does not have them, so the build of a contract
 * leaves protoc's descriptor set, with source information, in its jar as {@value #RESOURCE}. A
 * contract without one has no texts, and works all the same.
 */
final class Comments {
  static final String RESOURCE = "META-INF/bodybroker/contracts.binpb";

  private final Map<String, String> byName = new HashMap<>();

  private Comments() {}

  /** Of all contracts on the class path. */
  static Comments onClassPath() {
    var comments = new Comments();
    try {
      var loader = Comments.class.getClassLoader();
      for (var resource : Collections.list(loader.getResources(RESOURCE))) {
        try (var in = resource.openStream()) {
          FileDescriptorSet.parseFrom(in).getFileList().forEach(comments::addFile);
        }
      }
      return comments;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + RESOURCE, e);
    }
  }

  /** The comment above a declaration, or nothing. Lines of a paragraph are joined. */
  String of(GenericDescriptor declaration) {
    return byName.getOrDefault(declaration.getFullName(), "");
  }

  private void addFile(FileDescriptorProto file) {
    Map<List<Integer>, String> byPath =
        file.getSourceCodeInfo().getLocationList().stream()
            .filter(Location::hasLeadingComments)
            .collect(
                Collectors.toMap(
                    Location::getPathList, location -> flow(location.getLeadingComments())));
    String scope = file.getPackage().isEmpty() ? "" : file.getPackage() + ".";
    new FileWalk(byPath).file(file, scope);
  }

  private static String flow(String comment) {
    var text = new StringBuilder();
    for (String line : comment.strip().lines().map(String::strip).toList()) {
      boolean isAfterBreak = text.isEmpty() || text.charAt(text.length() - 1) == '\n';
      if (line.isEmpty()) {
        text.append("\n\n");
      } else {
        text.append(isAfterBreak ? "" : " ").append(line);
      }
    }
    return text.toString();
  }

  /**
   * Names each declaration of a file; paths are field numbers and indexes, as descriptor.proto has
   * them.
   */
  private final class FileWalk {
    private final Map<List<Integer>, String> byPath;

    FileWalk(Map<List<Integer>, String> byPath) {
      this.byPath = byPath;
    }

    void file(FileDescriptorProto file, String scope) {
      for (int i = 0; i < file.getServiceCount(); i++) {
        service(file.getService(i), List.of(FileDescriptorProto.SERVICE_FIELD_NUMBER, i), scope);
      }
      for (int i = 0; i < file.getMessageTypeCount(); i++) {
        message(
            file.getMessageType(i),
            List.of(FileDescriptorProto.MESSAGE_TYPE_FIELD_NUMBER, i),
            scope);
      }
      for (int i = 0; i < file.getEnumTypeCount(); i++) {
        enumeration(
            file.getEnumType(i), List.of(FileDescriptorProto.ENUM_TYPE_FIELD_NUMBER, i), scope);
      }
    }

    private void service(ServiceDescriptorProto service, List<Integer> path, String scope) {
      String name = put(scope, service.getName(), path);
      for (int i = 0; i < service.getMethodCount(); i++) {
        var at = append(path, ServiceDescriptorProto.METHOD_FIELD_NUMBER, i);
        put(name, service.getMethod(i).getName(), at);
      }
    }

    private void message(DescriptorProto message, List<Integer> path, String scope) {
      String name = put(scope, message.getName(), path);
      for (int i = 0; i < message.getFieldCount(); i++) {
        var at = append(path, DescriptorProto.FIELD_FIELD_NUMBER, i);
        put(name, message.getField(i).getName(), at);
      }
      for (int i = 0; i < message.getNestedTypeCount(); i++) {
        var at = append(path, DescriptorProto.NESTED_TYPE_FIELD_NUMBER, i);
        message(message.getNestedType(i), at, name);
      }
      for (int i = 0; i < message.getEnumTypeCount(); i++) {
        var at = append(path, DescriptorProto.ENUM_TYPE_FIELD_NUMBER, i);
        enumeration(message.getEnumType(i), at, name);
      }
    }

    /** In protobuf the values of an enum are beside it, not within. */
    private void enumeration(EnumDescriptorProto type, List<Integer> path, String scope) {
      String name = put(scope, type.getName(), path);
      for (int i = 0; i < type.getValueCount(); i++) {
        var at = append(path, EnumDescriptorProto.VALUE_FIELD_NUMBER, i);
        put(name, type.getValue(i).getName(), at);
      }
    }

    private String put(String scope, String name, List<Integer> path) {
      String comment = byPath.get(path);
      if (comment != null) {
        byName.put(scope + name, comment);
      }
      return scope + name + ".";
    }

    private static List<Integer> append(List<Integer> path, int number, int index) {
      var longer = new ArrayList<>(path);
      longer.add(number);
      longer.add(index);
      return longer;
    }
  }
}
