package io.bodybroker.protoc;

import com.google.protobuf.compiler.PluginProtos.CodeGeneratorResponse.File;
import java.util.List;
import java.util.stream.Stream;

/**
 * Writes the class that holds a service's contract: its methods, and how the SDK finds it on a
 * class path.
 */
final class ContractWriter {
  private static final String CONSTANT = "public static final ";

  private final ServiceModel service;
  private final SourceWriter out;

  private ContractWriter(ServiceModel service, MessageClasses classes) {
    this.service = service;
    this.out = new SourceWriter(service, service.contractType(), classes);
    service.methods().forEach(method -> out.reserve(method.constant()));
    out.reserve("DESCRIPTOR");
    out.reserve("CONTRACT");
  }

  static File write(ServiceModel service, MessageClasses classes) {
    var writer = new ContractWriter(service, classes);
    writer.declaration();
    return writer.out.file();
  }

  private void declaration() {
    out.doc(new DocComment().html("The contract of {@code " + service.fullName() + "}."));
    out.openType(
        "public final class %s implements %s"
            .formatted(out.name(service.contractType()), out.name(KnownTypes.CONTRACT_PROVIDER)));
    descriptor();
    service.methods().forEach(this::method);
    contract();
    provider();
    out.close();
  }

  private void descriptor() {
    out.field(
        "private static final " + out.name(KnownTypes.SERVICE_DESCRIPTOR) + " DESCRIPTOR",
        out.name(service.fileClass()) + ".getDescriptor().findServiceByName",
        List.of('"' + service.name() + '"'));
    out.blank();
  }

  private void method(MethodModel method) {
    String request = out.name(method.request());
    String response = out.name(method.response());
    String type = out.name(KnownTypes.RPC_METHOD);
    out.doc(DocComment.of(method.comment(), "The method {@code " + method.name() + "}."));
    out.field(
        CONSTANT + "%s<%s, %s> %s".formatted(type, request, response, method.constant()),
        type + "." + method.kind(),
        List.of(
            "DESCRIPTOR.findMethodByName(\"" + method.name() + "\")",
            request + ".getDefaultInstance()",
            response + ".getDefaultInstance()"));
    out.blank();
  }

  private void contract() {
    String type = out.name(KnownTypes.SERVICE_CONTRACT);
    out.doc(new DocComment().html("All methods, in the order of the contract."));
    out.field(
        CONSTANT + type + " CONTRACT",
        type + ".of",
        Stream.concat(
                Stream.of("DESCRIPTOR"), service.methods().stream().map(MethodModel::constant))
            .toList());
    out.blank();
  }

  private void provider() {
    out.doc(
        new DocComment()
            .html("For {@link java.util.ServiceLoader}; all else is in {@link #CONTRACT}."));
    out.line("public " + out.name(service.contractType()) + "() {}").blank();
    out.line("@" + out.name(KnownTypes.OVERRIDE));
    out.open("public " + out.name(KnownTypes.SERVICE_CONTRACT) + " contract()");
    out.line("return CONTRACT;");
    out.close();
  }
}
