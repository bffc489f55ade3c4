package io.bodybroker.protoc;

import com.google.protobuf.compiler.PluginProtos.CodeGeneratorResponse.File;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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
    if (method.isStreaming()) {
      String consumer =
          "%s<? super %s> consumer"
              .formatted(out.name(KnownTypes.CONSUMER), out.name(method.response()));
      overloads(method, "Opens", result(KnownTypes.RESPONSE_STREAM, method.response()), "open");
      asyncOverloads(
          method,
          " without waiting; each message goes to {@code consumer}",
          result(KnownTypes.COMPLETABLE_FUTURE, KnownTypes.VOID),
          "openAsync",
          Optional.of(consumer));
    } else {
      overloads(method, "Calls", out.name(method.response()), "call");
      asyncOverloads(
          method,
          " without waiting",
          result(KnownTypes.COMPLETABLE_FUTURE, method.response()),
          "callAsync",
          Optional.empty());
    }
  }

  private String result(JavaType type, JavaType parameter) {
    return "%s<%s>".formatted(out.name(type), out.name(parameter));
  }

  private void overloads(MethodModel method, String verb, String result, String call) {
    String head = "public %s %s".formatted(result, method.javaName());
    var comment = DocComment.of(method.comment(), verb + " {@code " + method.name() + "}.");
    overload(method, comment, head, parameters(method, false, Optional.empty()), call);
    overload(
        method,
        html(same(method) + " with options of its own."),
        head,
        parameters(method, true, Optional.empty()),
        call);
  }

  private void asyncOverloads(
      MethodModel method, String how, String result, String call, Optional<String> consumer) {
    String head = "public %s %s".formatted(result, method.asyncName());
    overload(
        method, html(same(method) + how + "."), head, parameters(method, false, consumer), call);
    overload(
        method,
        html(same(method) + how + ", with options of its own."),
        head,
        parameters(method, true, consumer),
        call);
  }

  private String same(MethodModel method) {
    return "{@link #%s(%s)}".formatted(method.javaName(), out.name(method.request()));
  }

  private List<String> parameters(
      MethodModel method, boolean hasOptions, Optional<String> consumer) {
    var parameters = new ArrayList<String>();
    parameters.add(out.name(method.request()) + " request");
    if (hasOptions) {
      parameters.add(options + " options");
    }
    consumer.ifPresent(parameters::add);
    return parameters;
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
    var arguments = new ArrayList<String>();
    arguments.add(contract + "." + method.constant());
    arguments.add("request");
    arguments.add("options");
    if (parameters.getLast().endsWith(" consumer")) {
      arguments.add("consumer");
    }
    out.list("return caller." + call + "(", arguments, ");");
    out.close();
  }

  private static DocComment html(String paragraph) {
    return new DocComment().html(paragraph);
  }
}
