package io.bodybroker.protoc.compatibility;

import static io.bodybroker.protoc.compatibility.Broken.HTTP_CLIENTS;
import static io.bodybroker.protoc.compatibility.Broken.JAVA_CODE;
import static io.bodybroker.protoc.compatibility.Broken.PAYLOADS;
import static io.bodybroker.protoc.compatibility.Broken.SUBJECTS;

import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.GenericDescriptor;
import com.google.protobuf.GeneratorNames;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a file says for all that it declares: package and Java names. */
final class FileComparison {
  private final Changes changes;

  FileComparison(Changes changes) {
    this.changes = changes;
  }

  /** Compares two versions of a file; true if there is nothing to add about its declarations. */
  boolean isSettled(FileDescriptor was, @Nullable FileDescriptor is, ContractSet now) {
    if (is == null) {
      return isGone(was, now);
    }
    if (!was.getPackage().equals(is.getPackage())) {
      changes.add(
          is,
          "is in package %s, was in %s".formatted(is.getPackage(), was.getPackage()),
          "the old file stays; the new package is a file beside it",
          PAYLOADS,
          HTTP_CLIENTS,
          JAVA_CODE,
          SUBJECTS);
      return true;
    }
    compareJava(was, is);
    return false;
  }

  /** Declarations may move to another file of their package. */
  private boolean isGone(FileDescriptor was, ContractSet now) {
    boolean isAllGone =
        Stream.of(was.getMessageTypes(), was.getEnumTypes(), was.getServices())
            .flatMap(all -> all.stream().map(GenericDescriptor.class::cast))
            .noneMatch(declaration -> isThere(declaration.getFullName(), now));
    if (isAllGone) {
      changes.add(
          was,
          "was removed or renamed, with all it declared",
          "it stays, deprecated, until nobody needs it",
          PAYLOADS,
          HTTP_CLIENTS,
          JAVA_CODE,
          SUBJECTS);
    }
    return isAllGone;
  }

  private static boolean isThere(String name, ContractSet now) {
    return now.messages().containsKey(name)
        || now.enums().containsKey(name)
        || now.services().containsKey(name);
  }

  private void compareJava(FileDescriptor was, FileDescriptor is) {
    compareJava(
        is,
        "java_package",
        GeneratorNames.getFileJavaPackage(was),
        GeneratorNames.getFileJavaPackage(is));
    compareJava(
        is,
        "java_outer_classname",
        GeneratorNames.getFileClassName(was),
        GeneratorNames.getFileClassName(is));
    compareJava(
        is,
        "java_multiple_files",
        String.valueOf(was.getOptions().getJavaMultipleFiles()),
        String.valueOf(is.getOptions().getJavaMultipleFiles()));
  }

  private void compareJava(FileDescriptor file, String option, String was, String is) {
    if (!was.equals(is)) {
      changes.add(
          file,
          "has %s %s, had %s".formatted(option, is, was),
          "%s %s".formatted(option, was),
          JAVA_CODE);
    }
  }
}
