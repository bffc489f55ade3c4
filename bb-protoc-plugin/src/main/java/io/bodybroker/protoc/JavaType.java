package io.bodybroker.protoc;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.GeneratorNames;

/**
 * A Java class as source code names it.
 *
 * @param packageName its package; empty for the unnamed one
 * @param fileClass the class of a proto file that it is nested in, as is every message of a file
 *     without {@code java_multiple_files}; empty if in none
 * @param name its name within those, {@code Outer.Inner} if nested in another message
 */
record JavaType(String packageName, String fileClass, String name) {
  /** A class directly in a package. */
  static JavaType of(String packageName, String name) {
    return new JavaType(packageName, "", name);
  }

  /**
   * The class that protobuf-java generates for a message; by its own rules, for they depend on
   * edition, features and options.
   */
  static JavaType of(Descriptor message) {
    FileDescriptor file = message.getFile();
    String packageName = GeneratorNames.getFileJavaPackage(file);
    String fileClass =
        GeneratorNames.getNestInFileClass(message) ? GeneratorNames.getFileClassName(file) : "";
    String prefix = join(packageName, fileClass);
    String qualified = GeneratorNames.getQualifiedClassName(message);
    String name = prefix.isEmpty() ? qualified : qualified.substring(prefix.length() + 1);
    return new JavaType(packageName, fileClass, name);
  }

  /** The class that protobuf-java generates for a file, the one with {@code getDescriptor()}. */
  static JavaType ofFile(FileDescriptor file) {
    return of(GeneratorNames.getFileJavaPackage(file), GeneratorNames.getFileClassName(file));
  }

  /**
   * {@code Outer} of {@code Outer.Inner}: what an import names, so that the rest reads as it does
   * in the contract.
   */
  String outerName() {
    int dot = name.indexOf('.');
    return dot < 0 ? name : name.substring(0, dot);
  }

  /** What an import of it says. */
  String importName() {
    return join(join(packageName, fileClass), outerName());
  }

  String qualifiedName() {
    return join(join(packageName, fileClass), name);
  }

  private static String join(String left, String right) {
    return left.isEmpty() || right.isEmpty() ? left + right : left + "." + right;
  }
}
