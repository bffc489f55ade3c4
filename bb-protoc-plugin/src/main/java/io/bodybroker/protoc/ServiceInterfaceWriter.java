package io.bodybroker.protoc;

import com.google.protobuf.compiler.PluginProtos.CodeGeneratorResponse.File;
import java.util.ArrayList;

/** Writes the interface that implementations of a service implement. */
final class ServiceInterfaceWriter {
  private final ServiceModel service;
  private final SourceWriter out;

  private ServiceInterfaceWriter(ServiceModel service, MessageClasses classes) {
    this.service = service;
    this.out = new SourceWriter(service, service.interfaceType(), classes);
  }

  static File write(ServiceModel service, MessageClasses classes) {
    var writer = new ServiceInterfaceWriter(service, classes);
    writer.declaration();
    return writer.out.file();
  }

  private void declaration() {
    out.doc(comment());
    out.openType(
        "public interface %s extends %s"
            .formatted(out.name(service.interfaceType()), out.name(KnownTypes.RPC_SERVICE)));
    for (MethodModel method : service.methods()) {
      method(method);
      out.blank();
    }
    binding();
    out.close();
  }

  /**
   * Deprecation is for callers: whoever serves a contract has to serve all of it, and is not to be
   * warned.
   */
  private DocComment comment() {
    var comment =
        new DocComment()
            .text(service.comment())
            .html(
                "Implemented by what serves {@code %s}. Its methods run on virtual threads, many at once."
                    .formatted(service.fullName()));
    return service.isDeprecated()
        ? comment.html("The contract deprecates this service for its callers.")
        : comment;
  }

  private void method(MethodModel method) {
    var comment = DocComment.of(method.comment(), "Serves {@code " + method.name() + "}.");
    if (method.isDeprecated()) {
      comment.html("The contract deprecates this method for its callers.");
    }
    out.doc(comment);
    String response = out.name(method.response());
    var parameters = new ArrayList<String>();
    parameters.add(out.name(method.request()) + " request");
    parameters.add(out.name(KnownTypes.CALL_CONTEXT) + " call");
    if (method.isStreaming()) {
      parameters.add(out.name(KnownTypes.RESPONSE_WRITER) + "<" + response + "> responses");
      out.declaration("void " + method.javaName(), parameters, KnownTypes.INTERRUPTED_EXCEPTION);
    } else {
      out.list(response + " " + method.javaName() + "(", parameters, ");");
    }
  }

  private void binding() {
    String contract = out.name(service.contractType());
    var calls = new ArrayList<String>();
    for (MethodModel method : service.methods()) {
      calls.add(
          ".%s(%s.%s, this::%s)"
              .formatted(method.kind(), contract, method.constant(), method.javaName()));
    }
    calls.add(".build()");
    out.line("@" + out.name(KnownTypes.OVERRIDE));
    out.open("default " + out.name(KnownTypes.SERVICE_BINDING) + " binding()");
    out.chain(
        "return %s.of(%s.CONTRACT)".formatted(out.name(KnownTypes.SERVICE_BINDING), contract),
        calls);
    out.close();
  }
}
