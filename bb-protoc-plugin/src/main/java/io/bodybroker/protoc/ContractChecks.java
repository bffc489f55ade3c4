package io.bodybroker.protoc;

import com.google.protobuf.DescriptorProtos.FileOptions.OptimizeMode;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What a contract must keep to be generated: names that stay distinct on the wire and in Java, and
 * nothing that this version cannot serve. Remembers what it has seen, because two services of a run
 * may clash with each other.
 */
final class ContractChecks {
  private static final Pattern VERSION = Pattern.compile("v[1-9][0-9]*");

  private final MessageClasses messageClasses;
  private final Problems problems;

  /** From wire name and version to the full name of the service that has them. */
  private final Map<String, String> wireNames = new HashMap<>();

  /** From class we generate to the full name of the service it is for. */
  private final Map<JavaType, String> generatedClasses = new HashMap<>();

  ContractChecks(MessageClasses messageClasses, Problems problems) {
    this.messageClasses = messageClasses;
    this.problems = problems;
  }

  void check(ServiceDescriptor service, ServiceModel model) {
    var declaration = Declaration.of(service);
    checkWireName(service, declaration);
    checkClasses(model, declaration);
    requireFullRuntime(service.getFile(), declaration);
    for (MethodDescriptor method : service.getMethods()) {
      checkMethod(method);
    }
    checkNames(service.getMethods());
  }

  private void checkWireName(ServiceDescriptor service, Declaration declaration) {
    String protoPackage = service.getFile().getPackage();
    String version = protoPackage.substring(protoPackage.lastIndexOf('.') + 1);
    if (!VERSION.matcher(version).matches()) {
      problems.add(
          declaration,
          "is in package \"%s\", which does not end in a version (expected: for example \"%s\")"
              .formatted(protoPackage, protoPackage.isEmpty() ? "echo.v1" : protoPackage + ".v1"));
      return;
    }
    String wireName = JavaNames.wireService(service.getName());
    String other = wireNames.putIfAbsent(wireName + "." + version, service.getFullName());
    if (other != null) {
      problems.add(
          declaration,
          "has subjects svc.%s.%s.*, and so has service %s (expected: one of them renamed)"
              .formatted(wireName, version, other));
    }
  }

  private void checkClasses(ServiceModel model, Declaration declaration) {
    for (JavaType type : model.generatedTypes()) {
      String generates = "generates class " + type.qualifiedName() + ", and so does ";
      messageClasses
          .origin(type)
          .ifPresent(origin ->
              problems.add(
                  declaration,
                  generates
                      + origin
                      + " (expected: one of them renamed, a file by java_outer_classname)"));
      String other = generatedClasses.putIfAbsent(type, model.fullName());
      if (other != null) {
        problems.add(
            declaration,
            generates + "service " + other + " (expected: another name or java_package)");
      }
    }
  }

  private void checkMethod(MethodDescriptor method) {
    var declaration = Declaration.of(method);
    if (method.isClientStreaming()) {
      problems.add(
          declaration,
          "streams its requests (expected: one request; a response or a stream of them)");
    }
    for (Descriptor message : List.of(method.getInputType(), method.getOutputType())) {
      requireFullRuntime(message.getFile(), declaration);
    }
  }

  /** Lite messages have no descriptors, from which all names on the wire are derived. */
  private void requireFullRuntime(FileDescriptor file, Declaration declaration) {
    if (file.getOptions().getOptimizeFor() == OptimizeMode.LITE_RUNTIME) {
      problems.add(
          declaration,
          "needs the descriptor of %s (expected: no option optimize_for = LITE_RUNTIME there)"
              .formatted(file.getName()));
    }
  }

  /** One problem a method at most: rpcs that share an endpoint share their Java names too. */
  private void checkNames(List<MethodDescriptor> methods) {
    var endpoints = new HashMap<String, MethodDescriptor>();
    var javaNames = new HashMap<String, MethodDescriptor>();
    for (MethodDescriptor method : methods) {
      String rpc = method.getName();
      if (isNew(endpoints, "endpoint", JavaNames.wireEndpoint(rpc), method)
          && isNew(javaNames, "Java method", JavaNames.method(rpc), method)
          && isNew(javaNames, "Java method", JavaNames.asyncMethod(rpc), method)) {
        isNew(javaNames, "Java constant", JavaNames.constant(rpc), method);
      }
    }
  }

  private boolean isNew(
      Map<String, MethodDescriptor> seen, String kind, String name, MethodDescriptor method) {
    MethodDescriptor other = seen.putIfAbsent(name, method);
    if (other == null || other.equals(method)) {
      return true;
    }
    problems.add(
        Declaration.of(method),
        "has %s \"%s\", and so has rpc %s (expected: one of them renamed)"
            .formatted(kind, name, other.getName()));
    return false;
  }
}
