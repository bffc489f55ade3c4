package io.bodybroker.protoc;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import com.google.protobuf.compiler.PluginProtos.CodeGeneratorRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Turns a request of protoc into models of its services, and has them checked on the way. */
final class ContractReader {
  private ContractReader() {}

  /** The services to generate for; of no use if there are problems. */
  static Contracts read(CodeGeneratorRequest request, Problems problems) {
    Map<String, FileDescriptor> files = link(request.getProtoFileList(), problems);
    if (!problems.isEmpty()) {
      return new Contracts(List.of(), MessageClasses.of(List.of()));
    }
    var classes = MessageClasses.of(files.values());
    var checks = new ContractChecks(classes, problems);
    var services = new ArrayList<ServiceModel>();
    var wanted = Set.copyOf(request.getFileToGenerateList());
    files.values().stream()
        .filter(file -> wanted.contains(file.getName()))
        .flatMap(file -> file.getServices().stream())
        .forEach(service -> {
          ServiceModel model = model(service);
          checks.check(service, model);
          services.add(model);
        });
    return new Contracts(services, classes);
  }

  /**
   * Descriptors of all files by name; protoc sends them in an order where each comes after those it
   * imports.
   */
  private static Map<String, FileDescriptor> link(
      List<FileDescriptorProto> protos, Problems problems) {
    var files = new LinkedHashMap<String, FileDescriptor>();
    for (FileDescriptorProto proto : protos) {
      FileDescriptor[] imports =
          proto.getDependencyList().stream().map(files::get).toArray(FileDescriptor[]::new);
      try {
        files.put(proto.getName(), FileDescriptor.buildFrom(proto, imports));
      } catch (DescriptorValidationException e) {
        problems.add(proto.getName(), "does not link: " + e.getMessage());
        return files;
      }
    }
    return files;
  }

  private static ServiceModel model(ServiceDescriptor service) {
    return new ServiceModel(
        service.getFile().getName(),
        service.getFullName(),
        service.getName(),
        JavaType.ofFile(service.getFile()),
        Declaration.of(service).comment(),
        service.getOptions().getDeprecated(),
        service.getMethods().stream().anyMatch(ContractReader::usesDeprecatedMessage),
        service.getMethods().stream().map(ContractReader::model).toList());
  }

  private static MethodModel model(MethodDescriptor method) {
    return new MethodModel(
        method.getName(),
        JavaType.of(method.getInputType()),
        JavaType.of(method.getOutputType()),
        method.isServerStreaming(),
        Declaration.of(method).comment(),
        method.getOptions().getDeprecated());
  }

  private static boolean usesDeprecatedMessage(MethodDescriptor method) {
    return method.getInputType().getOptions().getDeprecated()
        || method.getOutputType().getOptions().getDeprecated();
  }
}
