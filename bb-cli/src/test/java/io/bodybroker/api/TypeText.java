package io.bodybroker.api;

import java.lang.reflect.AnnotatedArrayType;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.AnnotatedTypeVariable;
import java.lang.reflect.AnnotatedWildcardType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Types as Java writes them, with full names but those of {@code java.lang}, and nullness. */
final class TypeText {
  private TypeText() {}

  static String of(AnnotatedType type) {
    return isNullable(type) ? "@Nullable " + plain(type) : plain(type);
  }

  private static String plain(AnnotatedType type) {
    return switch (type) {
      case AnnotatedParameterizedType generic ->
          ofRaw(((ParameterizedType) generic.getType()).getRawType())
              + list("<", generic.getAnnotatedActualTypeArguments(), ">");
      case AnnotatedArrayType array -> of(array.getAnnotatedGenericComponentType()) + "[]";
      case AnnotatedTypeVariable variable -> variable.getType().getTypeName();
      case AnnotatedWildcardType wildcard -> wildcard(wildcard);
      default -> ofRaw(type.getType());
    };
  }

  private static String wildcard(AnnotatedWildcardType type) {
    AnnotatedType[] lower = type.getAnnotatedLowerBounds();
    if (lower.length > 0) {
      return "? super " + of(lower[0]);
    }
    AnnotatedType[] upper = type.getAnnotatedUpperBounds();
    return upper.length == 0 || upper[0].getType() == Object.class
        ? "?"
        : "? extends " + of(upper[0]);
  }

  static String ofRaw(Type type) {
    String name = type instanceof Class<?> one ? one.getTypeName() : type.getTypeName();
    return name.matches("java\\.lang\\.[A-Z]\\w*") ? name.substring("java.lang.".length()) : name;
  }

  /** {@code <T extends Message>}; empty if there are none. */
  static String variables(TypeVariable<?>[] variables) {
    return variables.length == 0
        ? ""
        : Arrays.stream(variables)
            .map(variable -> variable.getName() + bounds(variable.getAnnotatedBounds()))
            .collect(Collectors.joining(", ", "<", ">"));
  }

  private static String bounds(AnnotatedType[] bounds) {
    boolean isAny =
        bounds.length == 1 && bounds[0].getType() == Object.class && !isNullable(bounds[0]);
    return isAny || bounds.length == 0
        ? ""
        : Stream.of(bounds).map(TypeText::of).collect(Collectors.joining(" & ", " extends ", ""));
  }

  static String list(String before, AnnotatedType[] types, String after) {
    return Arrays.stream(types).map(TypeText::of).collect(Collectors.joining(", ", before, after));
  }

  private static boolean isNullable(AnnotatedElement type) {
    return type.getAnnotation(Nullable.class) != null;
  }
}
