package io.bodybroker.protoc;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The imports of one source file. Hands out the shortest name that a type can have there: its
 * simple name for the first that asks for it, the qualified one for those that come later.
 */
final class Imports {
  private final String packageName;
  private final Set<String> namesInPackage;

  /** From simple name to what it stands for in this file. */
  private final Map<String, String> meanings = new HashMap<>();

  private final Set<String> imported = new TreeSet<>();

  /**
   * No imports yet.
   *
   * @param packageName the file's package
   * @param namesInPackage simple names of other classes in it; they hide those of {@code java.lang}
   */
  Imports(String packageName, Set<String> namesInPackage) {
    this.packageName = packageName;
    this.namesInPackage = namesInPackage;
    for (JavaType type :
        List.of(KnownTypes.OVERRIDE, KnownTypes.DEPRECATED, KnownTypes.SUPPRESS_WARNINGS)) {
      if (!namesInPackage.contains(type.name())) {
        meanings.put(type.name(), type.importName());
      }
    }
  }

  /** Keeps a simple name for something of the file's own, such as a constant. */
  void reserve(String simpleName) {
    meanings.put(simpleName, "");
  }

  /** What the file calls a type; imports it if that helps. */
  String name(JavaType type) {
    String meaning = meanings.get(type.outerName());
    if (meaning == null && !isHidden(type)) {
      meanings.put(type.outerName(), type.importName());
      if (needsImport(type)) {
        imported.add(type.importName());
      }
      return type.name();
    }
    return type.importName().equals(meaning) ? type.name() : type.qualifiedName();
  }

  private boolean isHidden(JavaType type) {
    return isJavaLang(type) && namesInPackage.contains(type.name());
  }

  private boolean needsImport(JavaType type) {
    boolean isInPackage = type.packageName().equals(packageName) && type.fileClass().isEmpty();
    return !isInPackage && !isJavaLang(type);
  }

  private static boolean isJavaLang(JavaType type) {
    return type.packageName().equals("java.lang");
  }

  /** What to import, in order. */
  Set<String> imported() {
    return imported;
  }
}
