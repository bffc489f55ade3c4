package io.bodybroker.api;

import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What one class shows to its users, a line for each thing that they can rely on. */
final class ClassApi {
  /** What every object has says nothing about a class. */
  private static final Set<String> OF_OBJECT = Set.of("equals", "hashCode", "toString");

  private static final Set<String> OF_ENUMS = Set.of("values", "valueOf");

  private final Class<?> type;
  private final Set<String> members = new TreeSet<>();

  private ClassApi(Class<?> type) {
    this.type = type;
  }

  /** Whether users can name it. */
  static boolean isShown(Class<?> type) {
    for (Class<?> one = type; one != null; one = one.getEnclosingClass()) {
      if (!isShown(one.getModifiers()) || one.isAnonymousClass() || one.isLocalClass()) {
        return false;
      }
    }
    return true;
  }

  private static boolean isShown(int modifiers) {
    return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
  }

  /** Its lines: what it is, then its members. */
  static List<String> of(Class<?> type) {
    var api = new ClassApi(type);
    var lines = new ArrayList<>(api.head());
    api.addMembers();
    lines.addAll(api.members);
    return lines;
  }

  private List<String> head() {
    var lines = new ArrayList<String>();
    lines.add(kind() + TypeText.variables(type.getTypeParameters()));
    int modifiers = type.getModifiers();
    if (Modifier.isFinal(modifiers) && !type.isRecord() && !type.isEnum()) {
      lines.add("is final");
    }
    if (Modifier.isAbstract(modifiers) && !type.isInterface()) {
      lines.add("is abstract");
    }
    if (type.isSealed()) {
      lines.add("is sealed");
      Arrays.stream(type.getPermittedSubclasses())
          .filter(ClassApi::isShown)
          .forEach(one -> lines.add("permits " + one.getTypeName()));
    }
    var parent = type.getAnnotatedSuperclass();
    if (parent != null && type.getSuperclass() != Object.class && kind().equals("class")) {
      lines.add("extends " + TypeText.of(parent));
    }
    if (!type.isAnnotation()) {
      Arrays.stream(type.getAnnotatedInterfaces())
          .forEach(one -> lines.add("implements " + TypeText.of(one)));
    }
    return lines;
  }

  private String kind() {
    if (type.isAnnotation()) {
      return "annotation";
    }
    if (type.isInterface()) {
      return "interface";
    }
    return type.isRecord() ? "record" : type.isEnum() ? "enum" : "class";
  }

  /** With those of parents that users cannot name, which are theirs all the same. */
  private void addMembers() {
    for (Constructor<?> one : type.getDeclaredConstructors()) {
      if (isSeen(one) && !type.isEnum()) {
        members.add(signature(one, "new") + thrown(one));
      }
    }
    for (Class<?> one = type; one != null; one = one.getSuperclass()) {
      if (one == type || !isShown(one)) {
        Arrays.stream(one.getDeclaredFields()).filter(this::isSeen).forEach(this::addField);
        Arrays.stream(one.getDeclaredMethods()).filter(this::isSeen).forEach(this::addMethod);
      }
    }
  }

  private boolean isSeen(Member member) {
    boolean isInheritable = !Modifier.isFinal(type.getModifiers());
    return !member.isSynthetic()
        && (Modifier.isPublic(member.getModifiers())
            || (Modifier.isProtected(member.getModifiers()) && isInheritable));
  }

  private void addField(Field field) {
    members.add(modifiers(field) + TypeText.of(field.getAnnotatedType()) + " " + field.getName());
  }

  private void addMethod(Method method) {
    boolean isOfEnum = type.isEnum() && OF_ENUMS.contains(method.getName());
    if (!OF_OBJECT.contains(method.getName()) && !isOfEnum) {
      String returned = TypeText.of(method.getAnnotatedReturnType());
      members.add(
          modifiers(method)
              + signature(method, returned + " " + method.getName())
              + thrown(method));
    }
  }

  private String modifiers(Member member) {
    int modifiers = member.getModifiers();
    var text = new StringBuilder();
    if (Modifier.isProtected(modifiers)) {
      text.append("protected ");
    }
    if (Modifier.isStatic(modifiers)) {
      text.append("static ");
    }
    if (Modifier.isAbstract(modifiers)) {
      boolean hasDefault = member instanceof Method method && method.getDefaultValue() != null;
      text.append(hasDefault ? "default " : "abstract ");
    }
    if (Modifier.isFinal(modifiers) && !Modifier.isFinal(type.getModifiers())) {
      text.append("final ");
    }
    return text.toString();
  }

  private static String signature(Executable executable, String name) {
    String variables = TypeText.variables(executable.getTypeParameters());
    return (variables.isEmpty() ? "" : variables + " ")
        + name
        + TypeText.list("(", executable.getAnnotatedParameterTypes(), ")");
  }

  private static String thrown(Executable executable) {
    return executable.getExceptionTypes().length == 0
        ? ""
        : TypeText.list(" throws ", executable.getAnnotatedExceptionTypes(), "");
  }
}
