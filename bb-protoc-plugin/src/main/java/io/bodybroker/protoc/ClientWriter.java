package io.bodybroker.protoc;

import com.google.protobuf.compiler.PluginProtos.CodeGeneratorResponse.File;
import java.util.List;

/** Writes the class that calls a service. */
final class ClientWriter {
  private final ServiceModel service;
  private final SourceWriter out;
  private final String client;
  private final String contract;
  private final String caller;
  private final String options;

  private ClientWriter(ServiceModel service, MessageClasses classes) {
    this.service = service;
    this.out = new SourceWriter(service, service.clientType(), classes);
    this.client = out.name(service.clientType());
    this.contract = out.name(service.contractType());
    this.caller = out.name(KnownTypes.RPC_CALLER);
    this.options = out.name(KnownTypes.CALL_OPTIONS);
  }

  static File write(ServiceModel service, MessageClasses classes) {
    var writer = new ClientWriter(service, classes);
    writer.declaration();
    return writer.out.file();
  }

  private void declaration() {
    out.doc(comment());
    if (service.isDeprecated()) {
      out.line("@" + out.name(KnownTypes.DEPRECATED));
    }
    out.openType("public final class " + client);
    fields();
    creation();
    service.methods().forEach(this::method);
    out.close();
  }

  private DocComment comment() {
    var comment =
        new DocComment()
            .text(service.comment())
            .html(
                "Calls {@code %s}. Where no answer comes, or an error, a method throws {@link io.bodybroker.sdk.error.ServiceException}; a future completes with it."
                    .formatted(service.fullName()))
            .html("Immutable and thread-safe.");
    return service.isDeprecated()
        ? comment.tag("@deprecated The contract deprecates this service.")
        : comment;
  }

  private void fields() {
    out.line("private final " + caller + " caller;");
    out.line("private final " + options + " options;").blank();
    out.openMethod("private " + client, List.of(caller + " caller", options + " options"));
    out.line("this.caller = caller;").line("this.options = options;").close().blank();
  }

  private void creation() {
    String requireNonNull = out.name(KnownTypes.OBJECTS) + ".requireNonNull";
    out.doc(
        new DocComment()
            .html(
                "A client that calls through {@code caller}, with the options it is configured with."));
    out.openMethod("public static " + client + " on", List.of(caller + " caller"));
    out.list(
        "return new " + client + "(",
        List.of(requireNonNull + "(caller, \"caller\")", options + ".defaults()"),
        ");");
    out.close().blank();
    out.doc(
        new DocComment()
            .html("This client, but with these options for calls that have none of their own."));
    out.openMethod("public " + client + " withOptions", List.of(options + " options"));
    out.list(
        "return new " + client + "(",
        List.of("caller", requireNonNull + "(options, \"options\")"),
        ");");
    out.close();
  }

  private void method(MethodModel method) {
    String response = out.name(method.response());
    String future = "%s<%s>".formatted(out.name(KnownTypes.COMPLETABLE_FUTURE), response);
    String blocking = "public %s %s".formatted(response, method.javaName());
    String async = "public %s %s".formatted(future, method.asyncName());
    var same = "{@link #%s(%s)}".formatted(method.javaName(), out.name(method.request()));
    var comment = DocComment.of(method.comment(), "Calls {@code " + method.name() + "}.");
    var request = List.of(out.name(method.request()) + " request");
    var withOptions = List.of(request.getFirst(), options + " options");

    overload(method, comment, blocking, request, "call");
    overload(method, html(same + " with options of its own."), blocking, withOptions, "call");
    overload(method, html(same + " without waiting."), async, request, "callAsync");
    overload(
        method,
        html(same + " without waiting, with options of its own."),
        async,
        withOptions,
        "callAsync");
  }

  /** Without a parameter {@code options}, the body's name means the field. */
  private void overload(
      MethodModel method, DocComment comment, String head, List<String> parameters, String call) {
    out.blank();
    if (method.isDeprecated()) {
      out.doc(comment.tag("@deprecated The contract deprecates this method."));
      out.line("@" + out.name(KnownTypes.DEPRECATED));
    } else {
      out.doc(comment);
    }
    out.openMethod(head, parameters);
    out.list(
        "return caller." + call + "(",
        List.of(contract + "." + method.constant(), "request", "options"),
        ");");
    out.close();
  }

  private static DocComment html(String paragraph) {
    return new DocComment().html(paragraph);
  }
}
