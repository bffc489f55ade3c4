package io.bodybroker.protoc.compatibility;

import static io.bodybroker.protoc.compatibility.Broken.HTTP_CLIENTS;
import static io.bodybroker.protoc.compatibility.Broken.JAVA_CODE;
import static io.bodybroker.protoc.compatibility.Broken.PAYLOADS;
import static io.bodybroker.protoc.compatibility.Broken.RETRIES;
import static io.bodybroker.protoc.compatibility.Broken.SUBJECTS;

import com.google.protobuf.DescriptorProtos.MethodOptions.IdempotencyLevel;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import com.google.protobuf.GeneratorNames;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A service: its name and its methods make the subjects that callers know. */
final class ServiceComparison {
  private final Changes changes;
  private final RouteComparison routes;

  ServiceComparison(Changes changes) {
    this.changes = changes;
    this.routes = new RouteComparison(changes);
  }

  void compare(ServiceDescriptor was, @Nullable ServiceDescriptor is) {
    if (is == null) {
      changes.add(
          was,
          "was removed or renamed, and with it its subjects",
          "it stays, deprecated, until nobody calls it",
          HTTP_CLIENTS,
          JAVA_CODE,
          SUBJECTS);
      return;
    }
    for (MethodDescriptor method : was.getMethods()) {
      compare(method, is.findMethodByName(method.getName()));
    }
    compareClass(was, is);
  }

  private void compare(MethodDescriptor was, @Nullable MethodDescriptor is) {
    if (is == null) {
      changes.add(
          was,
          "was removed or renamed, and with it its subject",
          "it stays, deprecated, until nobody calls it",
          HTTP_CLIENTS,
          JAVA_CODE,
          SUBJECTS);
      return;
    }
    compareTypes(was, is);
    compareIdempotency(was, is);
    compareResume(was, is);
    compareAccess(was, is);
    routes.compare(was, is);
  }

  private void compareTypes(MethodDescriptor was, MethodDescriptor is) {
    compareType(is, "takes", was.getInputType().getFullName(), is.getInputType().getFullName());
    compareType(is, "returns", was.getOutputType().getFullName(), is.getOutputType().getFullName());
    if (was.isClientStreaming() != is.isClientStreaming()
        || was.isServerStreaming() != is.isServerStreaming()) {
      changes.add(
          is,
          "is %s, was %s".formatted(streaming(is), streaming(was)),
          "a new rpc beside this one",
          PAYLOADS,
          HTTP_CLIENTS,
          JAVA_CODE);
    }
  }

  private void compareType(MethodDescriptor method, String verb, String was, String is) {
    if (!was.equals(is)) {
      changes.add(
          method,
          "%s %s, did %s".formatted(verb, is, was),
          "a new rpc beside this one",
          PAYLOADS,
          HTTP_CLIENTS,
          JAVA_CODE);
    }
  }

  private static String streaming(MethodDescriptor method) {
    if (method.isClientStreaming()) {
      return method.isServerStreaming() ? "streaming both ways" : "streaming requests";
    }
    return method.isServerStreaming() ? "streaming responses" : "unary";
  }

  private void compareIdempotency(MethodDescriptor was, MethodDescriptor is) {
    IdempotencyLevel before = was.getOptions().getIdempotencyLevel();
    IdempotencyLevel now = is.getOptions().getIdempotencyLevel();
    if (strength(now) < strength(before)) {
      changes.add(
          is,
          "is %s, was %s".formatted(now, before),
          "idempotency_level = %s: callers built before go on to repeat it".formatted(before),
          RETRIES);
    }
  }

  /** How much a caller may do after a timeout. */
  private static int strength(IdempotencyLevel level) {
    return switch (level) {
      case IDEMPOTENCY_UNKNOWN -> 0;
      case IDEMPOTENT -> 1;
      case NO_SIDE_EFFECTS -> 2;
    };
  }

  private void compareResume(MethodDescriptor was, MethodDescriptor is) {
    Optional<String> before = resume(was);
    Optional<String> now = resume(is);
    if (before.isPresent() && !before.equals(now)) {
      changes.add(
          is,
          "resumes by %s, did by %s".formatted(now.orElse("nothing"), before.get()),
          "option (%s) = {%s}".formatted(DeclaredOption.RESUME, before.get()),
          RETRIES,
          HTTP_CLIENTS);
    }
  }

  private static Optional<String> resume(MethodDescriptor method) {
    return DeclaredOption.of(method, DeclaredOption.RESUME)
        .map(option ->
            "position: \"%s\" after: \"%s\""
                .formatted(option.text("position"), option.text("after")));
  }

  private void compareAccess(MethodDescriptor was, MethodDescriptor is) {
    DeclaredAccess before = DeclaredAccess.of(was);
    DeclaredAccess now = DeclaredAccess.of(is);
    if (!now.letsInAll(before)) {
      changes.add(
          is,
          "may be called by %s, could by %s".formatted(now, before),
          "whoever could call it still may",
          HTTP_CLIENTS);
    }
  }

  /** Clients and interfaces lie in the file's Java package, which is compared there. */
  private void compareClass(ServiceDescriptor was, ServiceDescriptor is) {
    String before = GeneratorNames.getFileJavaPackage(was.getFile());
    String now = GeneratorNames.getFileJavaPackage(is.getFile());
    if (!was.getFile().getName().equals(is.getFile().getName()) && !before.equals(now)) {
      changes.add(is, "is in Java package %s, was in %s".formatted(now, before), before, JAVA_CODE);
    }
  }
}
